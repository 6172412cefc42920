// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.im2col;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.FloatPaddedImage;
import dev.lanewise.internal.gemm.Blocking;
import dev.lanewise.internal.gemm.FloatMacrokernel;
import dev.lanewise.internal.gemm.FloatPanels;
import java.util.Arrays;

/**
 * {@link FloatIm2colColumnPanels} for rows of few windows, where a row of the col matrix is many
 * short stretches: the channels of a panel are copied with their padding, and each of its elements
 * is then at a distance from its window that depends on its column only.
 */
final class FloatGatheredColumnPanels implements FloatPanels {
  /** Rows of so many windows are long enough to be copied and transposed. */
  private static final int LONG_ROW = 16;

  /** NR of the widest panels. */
  private static final int MOST_COLUMNS = FloatMacrokernel.WIDE.nr();

  /** Elements that the copy of a panel's channels may have. */
  private static final int MOST_COPIED = 32 << 10;

  private final ColumnShape shape;
  private final FloatPaddedImage padded;
  private final int plane;

  /** From its window to the element of column j of a matrix that begins with the first copy. */
  private final int[] distances;

  FloatGatheredColumnPanels(ColumnShape shape) {
    this.shape = shape;
    padded =
        new FloatPaddedImage(shape.vertical(), shape.horizontal(), (float) shape.paddingValue());
    plane = (int) plane(shape);
    AxisMap v = shape.vertical();
    AxisMap h = shape.horizontal();
    distances = new int[MOST_COLUMNS + shape.taps() - 1];
    for (int j = 0; j < distances.length; j++) {
      int tap = j % shape.taps();
      distances[j] =
          j / shape.taps() * plane
              + tap / h.kernel() * v.dilation() * padded.width()
              + tap % h.kernel() * h.dilation();
    }
  }

  static boolean applies(ColumnShape shape) {
    return shape.horizontal().output() < LONG_ROW
        && shape.windows() > 0
        && plane(shape) <= MOST_COPIED / channels(shape);
  }

  /** Channels that a panel has columns of, at most. */
  private static int channels(ColumnShape shape) {
    return Math.min(Math.ceilDiv(MOST_COLUMNS - 1, shape.taps()) + 1, shape.channels());
  }

  /** Elements of the copy of a channel. */
  private static long plane(ColumnShape shape) {
    AxisMap v = shape.vertical();
    int windows = Math.min(shape.windows(), Blocking.KC);
    int rows = Math.min(Math.ceilDiv(windows - 1, shape.horizontal().output()) + 1, v.output());
    long height = (rows - 1L) * v.stride() + (v.kernel() - 1L) * v.dilation() + 1;
    return height * shape.horizontal().padded();
  }

  @Override
  public int scratchFloats(int kc, int count) {
    return channels(shape) * plane;
  }

  @Override
  public void pack(
      Object memory,
      long offset,
      int p0,
      int kc,
      int j0,
      int count,
      int nr,
      float[] to,
      int toOffset,
      int scratch) {
    int width = shape.horizontal().output();
    int stride = shape.vertical().stride();
    int firstRow = p0 / width * stride;
    int lastRow = (p0 + kc - 1) / width * stride;
    int endRow = lastRow + (shape.vertical().kernel() - 1) * shape.vertical().dilation() + 1;
    for (int j = 0; j < count; j += nr) {
      int panel = toOffset + j * kc;
      int used = Math.min(nr, count - j);
      if (used < nr) {
        Arrays.fill(to, panel, panel + kc * nr, 0);
      }
      int channel = (j0 + j) / shape.taps();
      int end = (j0 + j + used - 1) / shape.taps() + 1;
      padded.copy(
          memory,
          offset + (long) channel * shape.plane(),
          end - channel,
          firstRow,
          endRow,
          to,
          scratch,
          padded.width(),
          plane);
      int tap = (j0 + j) % shape.taps();
      for (int p = 0; p < kc; p++) {
        int row = (p0 + p) / width * stride - firstRow;
        int column = (p0 + p) % width * shape.horizontal().stride();
        gather(to, scratch + row * padded.width() + column, tap, used, panel + p * nr);
      }
    }
  }

  /** The columns of one window from its tap {@code first} on. */
  private void gather(float[] memory, int window, int first, int count, int to) {
    for (int j = 0; j < count; j++) {
      memory[to + j] = memory[window + distances[first + j]];
    }
  }
}
