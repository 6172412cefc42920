// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.FloatPaddedImage;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatRows;
import java.util.Arrays;

/**
 * A band of windows of a few images, laid out so that each tap reads the elements of all windows in
 * one run, in the order of a filtered image: row of windows by row, the images' rows side by side.
 *
 * <p>Taps of one kernel row need copies of their own, one element apart; taps of one kernel column
 * share a copy, since to go down a row is to go on by a row of windows. So the copy has KW times
 * the elements of the images, where im2col has KH·KW:
 *
 * <pre>
 *   shifted[c][kw][phase][row][n][ow] = padded[n][c][row·strideH + phase][ow·strideW + kw·dilationW]
 * </pre>
 *
 * <p>A phase is a remainder by the stride that some tap has; with stride 1 there is one.
 *
 * <p>Source: Cho and Brand, MEC: Memory-efficient Convolution for Deep Neural Network, ICML 2017.
 */
final class FloatShiftedImages {
  /** Elements of a row that is not worth a call. */
  private static final int SHORT = 16;

  private final AxisMap vertical;
  private final AxisMap horizontal;
  private final FloatPaddedImage padded;
  private final float paddingValue;

  private final int images;
  private final int phases;
  private final int phaseRows;

  /** Elements from one padded row to the next. */
  private final int pitch;

  /** Elements of the padded rows of one image on their way. */
  private final int paddedFloats;

  /** Whether columns a stride apart are brought together first, and only then copied. */
  private final boolean splitsColumns;

  /** Whether the taps can be copied from the images: nothing is padded. */
  private final boolean copiesImages;

  /** Whether a tap's rows are those of an image, some elements further on, but for the borders. */
  private final boolean copiesRuns;

  /** Whether a tap's columns are taken from the images themselves, but for the borders. */
  private final boolean copiesColumns;

  /**
   * @param images side by side
   * @param bandRows the most rows of windows
   */
  FloatShiftedImages(ColumnShape shape, int images, int bandRows) {
    this.images = images;
    vertical = shape.vertical();
    horizontal = shape.horizontal();
    paddingValue = (float) shape.paddingValue();
    padded = new FloatPaddedImage(vertical, horizontal, paddingValue);
    phases = phases(vertical);
    phaseRows = bandRows + reach(vertical);
    pitch = pitch(horizontal);
    paddedFloats = reachedRows(vertical, bandRows) * pitch;
    splitsColumns = splitsColumns(horizontal);
    copiesImages = isInside(vertical) && isInside(horizontal) && !splitsColumns;
    copiesRuns =
        images == 1
            && vertical.stride() == 1
            && horizontal.stride() == 1
            && horizontal.output() == horizontal.input();
    copiesColumns =
        images == 1
            && horizontal.stride() == 2
            && horizontal.output() > SHORT
            && !vertical.repeatsInput()
            && !horizontal.repeatsInput();
  }

  /** How many remainders by the stride the taps have. */
  private static int phases(AxisMap axis) {
    int cycle = axis.stride() / gcd(axis.stride(), axis.dilation());
    return Math.min(axis.kernel(), cycle);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private static int phase(AxisMap axis, int tap) {
    return tap % phases(axis);
  }

  /** Windows from the first tap's window to the one that it would share with the last tap. */
  private static int reach(AxisMap axis) {
    return (axis.kernel() - 1) * axis.dilation() / axis.stride();
  }

  private static boolean isInside(AxisMap axis) {
    return axis.before() == 0 && axis.padded() <= axis.input();
  }

  /** What {@link #channelFloats()} of such a copy would be. */
  static long channelFloats(ColumnShape shape, int images, int bandRows) {
    AxisMap vertical = shape.vertical();
    long rows = (long) phases(vertical) * (bandRows + reach(vertical));
    return rows * shape.horizontal().kernel() * images * shape.outWidth();
  }

  /** What {@link #scratchFloats()} of such a copy would be. */
  static long scratchFloats(ColumnShape shape, int images, int bandRows) {
    AxisMap horizontal = shape.horizontal();
    long floats = (long) images * reachedRows(shape.vertical(), bandRows) * pitch(horizontal);
    return splitsColumns(horizontal) ? 2 * floats : floats;
  }

  /** Whether rows are short, or several taps want the same columns. */
  private static boolean splitsColumns(AxisMap axis) {
    return axis.stride() > 1 && (axis.output() <= SHORT || axis.kernel() >= 2 * axis.stride());
  }

  /** Whole strides, so that elements a stride apart remain so from one row to the next. */
  private static int pitch(AxisMap axis) {
    return Math.ceilDiv(axis.padded(), axis.stride()) * axis.stride();
  }

  /** Padded rows from the first to the last that some rows of windows read. */
  private static int reachedRows(AxisMap axis, int rows) {
    return (rows - 1) * axis.stride() + (axis.kernel() - 1) * axis.dilation() + 1;
  }

  /** Elements from one channel to the next. */
  int channelFloats() {
    return horizontal.kernel() * phases * phaseRows * images * horizontal.output();
  }

  /** Where a tap of the first window is, from the start of its channel. */
  int tap(int kh, int kw) {
    int row = phase(vertical, kh) * phaseRows + kh * vertical.dilation() / vertical.stride();
    return (kw * phases * phaseRows + row) * images * horizontal.output();
  }

  /**
   * Copies one channel of a band.
   *
   * @param memory holds the first image
   * @param offset the channel's first element in it
   * @param imageStride elements from one image to the next
   * @param firstRow first row of windows
   * @param rows rows of windows
   * @param to with {@link FloatRows#slack} behind it
   */
  void copy(
      Object memory,
      long offset,
      long imageStride,
      int firstRow,
      int rows,
      float[] to,
      int toOffset,
      float[] scratch,
      int scratchOffset) {
    int first = firstRow * vertical.stride();
    if (copiesImages
        && (memory instanceof float[]
            || horizontal.stride() == 1 && FloatMemory.isNative(memory))) {
      int width = horizontal.input();
      copyTaps(memory, offset + (long) first * width, imageStride, width, rows, to, toOffset);
      return;
    }
    if (copiesRuns && memory instanceof float[] array) {
      copyRuns(array, (int) offset, firstRow, rows, to, toOffset);
      return;
    }
    if (copiesColumns && memory instanceof float[] array) {
      copyColumns(array, (int) offset, firstRow, rows, to, toOffset);
      return;
    }
    int stretch = reachedRows(vertical, rows) * horizontal.input();
    if (copiesImages && horizontal.input() <= pitch) {
      // Rows without gaps: one copy of each image for an operand that is no array.
      FloatMemory.copyBlock(
          memory,
          offset + (long) first * horizontal.input(),
          imageStride,
          scratch,
          scratchOffset,
          stretch,
          images,
          stretch);
      copyTaps(scratch, scratchOffset, stretch, horizontal.input(), rows, to, toOffset);
      return;
    }
    if (copiesRuns && !vertical.repeatsInput()) {
      int start = Math.clamp((long) first - vertical.before(), 0, vertical.input());
      int end =
          Math.clamp(
              (long) first - vertical.before() + reachedRows(vertical, rows),
              start,
              vertical.input());
      int width = horizontal.input();
      FloatMemory.copy(
          memory, offset + (long) start * width, scratch, scratchOffset, (end - start) * width);
      copyRuns(scratch, scratchOffset - start * width, firstRow, rows, to, toOffset);
      return;
    }
    for (int n = 0; n < images; n++) {
      padded.copy(
          memory,
          offset + n * imageStride,
          1,
          first,
          first + reachedRows(vertical, rows),
          scratch,
          scratchOffset + n * paddedFloats,
          pitch,
          0);
    }
    if (splitsColumns) {
      copySplit(scratch, scratchOffset, rows, to, toOffset);
    } else {
      copyTaps(scratch, scratchOffset, paddedFloats, pitch, rows, to, toOffset);
    }
  }

  /** All rows of a tap at once, then its borders. */
  private void copyRuns(
      float[] image, int offset, int firstRow, int rows, float[] to, int toOffset) {
    int width = horizontal.output();
    int count = reachedRows(vertical, rows);
    int start = Math.clamp((long) vertical.before() - firstRow, 0, count);
    int end = Math.clamp((long) vertical.before() + vertical.input() - firstRow, start, count);
    for (int kw = 0; kw < horizontal.kernel(); kw++) {
      int target = toOffset + at(kw, 0);
      int shift = kw * horizontal.dilation() - horizontal.before();
      int left = Math.clamp(-shift, 0, width);
      int right = Math.clamp(shift, 0, width);
      if (start < end && left + right < width) {
        FloatRows.BEST.copy(
            image,
            offset + (firstRow + start - vertical.before()) * width + shift + left,
            to,
            target + start * width + left,
            (end - start) * width - left - right);
      }
      if (!vertical.repeatsInput() && !horizontal.repeatsInput()) {
        surround(to, target, start, end, count, left, right);
        continue;
      }
      for (int r = 0; r < count; r++) {
        boolean inside = start <= r && r < end;
        int ih = vertical.element(firstRow + r);
        int row = ih == AxisMap.OUTSIDE ? AxisMap.OUTSIDE : offset + ih * width;
        border(image, row, kw, 0, inside ? left : width, to, target + r * width);
        border(image, row, kw, inside ? width - right : width, width, to, target + r * width);
      }
    }
  }

  /** The elements [first, end) of a row of a tap, one by one. */
  private void border(
      float[] image, int row, int kw, int first, int end, float[] to, int toOffset) {
    for (int x = first; x < end; x++) {
      int iw = horizontal.element(x + kw * horizontal.dilation());
      to[toOffset + x] =
          row == AxisMap.OUTSIDE || iw == AxisMap.OUTSIDE ? paddingValue : image[row + iw];
    }
  }

  /** Columns a stride apart of all rows of a tap at once, then its borders. */
  private void copyColumns(
      float[] image, int offset, int firstRow, int rows, float[] to, int toOffset) {
    int width = horizontal.output();
    int stride = vertical.stride();
    for (int kw = 0; kw < horizontal.kernel(); kw++) {
      int left = horizontal.firstInside(kw);
      int right = horizontal.endInside(kw);
      for (int p = 0; p < phases; p++) {
        int target = toOffset + at(kw, p);
        int count = rowsOfPhase(p, rows);
        int top = firstRow * stride + phaseOffset(p) - vertical.before();
        int start = Math.clamp(Math.ceilDiv(-(long) top, stride), 0, count);
        int end = Math.clamp(Math.ceilDiv((long) vertical.input() - top, stride), start, count);
        if (start < end && left < right) {
          FloatRows.BEST.gatherBlock(
              image,
              offset + (top + start * stride) * horizontal.input() + horizontal.unpadded(kw, left),
              stride * horizontal.input(),
              horizontal.stride(),
              to,
              target + start * width + left,
              width,
              end - start,
              right - left);
        }
        surround(to, target, start, end, count, left, width - right);
      }
    }
  }

  /**
   * Rows of constant padding around those from {@code start} to {@code end}, and columns of it
   * around what these hold.
   */
  private void surround(
      float[] to, int toOffset, int start, int end, int count, int left, int right) {
    int width = horizontal.output();
    Arrays.fill(to, toOffset, toOffset + start * width, paddingValue);
    if (left + right > 0) {
      for (int r = start; r < end; r++) {
        pad(to, toOffset + r * width, left);
        pad(to, toOffset + (r + 1) * width - right, right);
      }
    }
    Arrays.fill(to, toOffset + end * width, toOffset + count * width, paddingValue);
  }

  /** A border is an element or two: too short for a call. */
  private void pad(float[] to, int toOffset, int count) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] = paddingValue;
    }
  }

  /** Brings together what is a stride apart, in all padded rows at once, and copies the taps. */
  private void copySplit(float[] scratch, int scratchOffset, int rows, float[] to, int toOffset) {
    int stride = horizontal.stride();
    int split = scratchOffset + images * paddedFloats;
    int partFloats = images * paddedFloats / stride;
    for (int part = 0; part < stride; part++) {
      FloatRows.BEST.gather(
          scratch, scratchOffset + part, stride, scratch, split + part * partFloats, partFloats);
    }
    // In the order of the copy: each tap's last row may write too much.
    for (int kw = 0; kw < horizontal.kernel(); kw++) {
      int column = kw * horizontal.dilation();
      int from = split + column % stride * partFloats + column / stride;
      for (int p = 0; p < phases; p++) {
        FloatRows.BEST.copyDense(
            scratch,
            from + phaseOffset(p) * (pitch / stride),
            paddedFloats / stride,
            vertical.stride() * (pitch / stride),
            to,
            toOffset + at(kw, p),
            rowsOfPhase(p, rows),
            images,
            horizontal.output());
      }
    }
  }

  /**
   * Copies the taps of a band.
   *
   * @param from the row of the first tap of the first window
   * @param width elements from one row to the next
   */
  private void copyTaps(
      Object from,
      long fromOffset,
      long imageStride,
      int width,
      int rows,
      float[] to,
      int toOffset) {
    int rowStride = vertical.stride() * width;
    for (int kw = 0; kw < horizontal.kernel(); kw++) {
      long column = fromOffset + kw * horizontal.dilation();
      for (int p = 0; p < phases; p++) {
        copyTap(
            from,
            column + phaseOffset(p) * width,
            imageStride,
            rowStride,
            to,
            toOffset + at(kw, p),
            rowsOfPhase(p, rows));
      }
    }
  }

  private void copyTap(
      Object from,
      long fromOffset,
      long imageStride,
      int rowStride,
      float[] to,
      int toOffset,
      int rows) {
    int columns = horizontal.output();
    if (horizontal.stride() == 1) {
      FloatMemory.copyDense(
          from, fromOffset, imageStride, rowStride, to, toOffset, rows, images, columns);
      return;
    }
    // All rows of an image in one call: one for each took several times as long. What is a stride
    // apart is in an array, see copy.
    for (int n = 0; n < images; n++) {
      FloatRows.BEST.gatherBlock(
          (float[]) from,
          (int) (fromOffset + n * imageStride),
          rowStride,
          horizontal.stride(),
          to,
          toOffset + n * columns,
          images * columns,
          rows,
          columns);
    }
  }

  private int at(int kw, int phase) {
    return (kw * phases + phase) * phaseRows * images * horizontal.output();
  }

  /** The remainder by the stride of a phase's rows. */
  private int phaseOffset(int phase) {
    return phase * vertical.dilation() % vertical.stride();
  }

  /** Rows of one phase that the taps of a band read; not every phase has a tap of full reach. */
  private int rowsOfPhase(int phase, int rows) {
    return Math.ceilDiv(reachedRows(vertical, rows) - phaseOffset(phase), vertical.stride());
  }

  /** Elements of scratch that {@link #copy} needs. */
  int scratchFloats() {
    int floats = images * paddedFloats;
    return splitsColumns ? 2 * floats : floats;
  }

  /** Copies for the taps have no gaps, so neither have those of a filtered image. */
  static void copyFiltered(
      Object filtered,
      long offset,
      long imageStride,
      int images,
      int rows,
      int columns,
      float[] to,
      int toOffset) {
    if (images == 1) {
      FloatMemory.copy(filtered, offset, to, toOffset, rows * columns);
    } else {
      FloatMemory.copyDense(
          filtered, offset, imageStride, columns, to, toOffset, rows, images, columns);
    }
  }
}
