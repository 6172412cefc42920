// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatLines;
import dev.lanewise.internal.simd.FloatTranspose;
import java.util.Arrays;

/**
 * Packs weights for {@link FloatDirectKernel}: of NR channels of the target those of one tap
 * adjacent, and the taps in the order of {@link DirectSums}.
 *
 * <pre>
 *   for each tap of the kernel and channel of the source, in that order: NR weights
 *   one line that begins with a flag: whether all are finite, 1 where nobody needs to ask
 *   scratch, unless rows are copied
 * </pre>
 */
final class FloatDirectWeight {
  private static final int NR = FloatDirectKernel.LANES;

  /** Elements of the flag: a line, so that the next block begins with one if this does. */
  private static final int FLAG = FloatLines.LENGTH;

  /** Elements of a row that are copied and transposed at a time. */
  private static final int STRETCH = 144;

  /** Rows that are copied at a time: a power of two apart, they meet in one set of a cache. */
  private static final int ROWS = 8;

  private final boolean forward;
  private final int sources;
  private final int targets;
  private final int taps;
  private final long group;
  private final int blocksPerGroup;
  private final int blockFloats;
  private final int stretch;

  /**
   * Whether a block must be asked if it is finite: products with zeros around the source are left
   * out if it is. Backwards the pass has asked all weights before.
   */
  private final boolean mayBeInfinite;

  /** Elements of a row of the scratch: whole vectors. */
  private final int row;

  /** For each tap of the kernel, where that of source channel 0 goes, and those that follow. */
  private final int[] place;

  private final int[] placeStep;

  /**
   * @param forward whether a filter is a channel of the target, or of the source
   * @param sums the order of the taps
   * @param mayBeInfinite whether products with zeros around the source are left out, and the
   *     weights may have others than finite ones
   */
  FloatDirectWeight(ConvShape shape, boolean forward, DirectSums sums, boolean mayBeInfinite) {
    this.forward = forward;
    this.mayBeInfinite = mayBeInfinite;
    ColumnShape columns = shape.columns();
    sources = forward ? columns.channels() : shape.filters();
    targets = forward ? shape.filters() : columns.channels();
    taps = columns.taps();
    group = shape.weightGroup();
    blocksPerGroup = Math.ceilDiv(targets, NR);
    blockFloats = (int) blockFloats(sources, taps, forward);
    stretch = !forward && taps == 1 ? ROWS : stretch(sources, taps);
    row = row(sources, taps);
    place = new int[taps];
    placeStep = new int[taps];
    for (int tap = 0; tap < taps; tap++) {
      place[tap] = sums.place(tap) * NR;
      placeStep[tap] = sums.placeStep(tap) * NR;
    }
  }

  private static int stretch(int sources, int taps) {
    return Math.clamp(STRETCH / taps, 1, sources);
  }

  private static int row(int sources, int taps) {
    return Math.ceilDiv(stretch(sources, taps) * taps, NR) * NR;
  }

  /**
   * Elements of one packed block of so many channels of the source and taps of the kernel.
   *
   * @param forward whether a filter is a channel of the target, or of the source
   */
  static long blockFloats(int sources, int taps, boolean forward) {
    long scratch = forward || taps > 1 ? 2L * row(sources, taps) * NR : 0;
    return (long) sources * taps * NR + FLAG + scratch;
  }

  int blockFloats() {
    return blockFloats;
  }

  int blocks(int groups) {
    return groups * blocksPerGroup;
  }

  int group(int block) {
    return block / blocksPerGroup;
  }

  /** The first channel of a block, counted within its group. */
  int firstChannel(int block) {
    return block % blocksPerGroup * NR;
  }

  /** Channels of a block. */
  int channels(int block) {
    return Math.min(NR, targets - firstChannel(block));
  }

  /**
   * What the sums of a block start from.
   *
   * @param bias memory of one value per channel of the target; null for none
   */
  void start(int block, Object bias, long biasOffset, float[] to, int toOffset) {
    int channels = bias == null ? 0 : channels(block);
    long first = biasOffset + (long) group(block) * targets + firstChannel(block);
    for (int lane = 0; lane < NR; lane++) {
      to[toOffset + lane] = lane < channels ? FloatMemory.get(bias, first + lane) : 0;
    }
  }

  private long weights() {
    return (long) sources * taps * NR;
  }

  boolean isFinite(float[] packed, int offset) {
    return packed[offset + (int) weights()] != 0;
  }

  /** Packs the blocks {@code first ≤ b < end}, one behind the other. */
  void pack(Object weight, long weightOffset, int first, int end, float[] packed, int offset) {
    if (forward) {
      for (int block = first; block < end; block++) {
        packFilters(weight, weightOffset, block, packed, offset + (block - first) * blockFloats);
      }
    } else {
      // Blocks inside filters: what lies side by side is read together, from few pages at a time.
      for (int f = 0; f < sources; f += stretch) {
        for (int block = first; block < end; block++) {
          packChannels(
              weight, weightOffset, block, f, packed, offset + (block - first) * blockFloats);
        }
      }
    }
    for (int block = first; block < end; block++) {
      flag(packed, offset + (block - first) * blockFloats);
    }
  }

  private void flag(float[] packed, int offset) {
    packed[offset + (int) weights()] =
        !mayBeInfinite || FloatMemory.isFinite(packed, offset, weights()) ? 1 : 0;
  }

  /** The lanes are filters, sources·taps apart. */
  private void packFilters(
      Object weight, long weightOffset, int block, float[] packed, int offset) {
    int lanes = channels(block);
    int scratch = offset + (int) weights() + FLAG;
    int transposed = scratch + NR * row;
    long ld = (long) sources * taps;
    long from = weightOffset + group(block) * group + firstChannel(block) * ld;
    if (lanes < NR) {
      // The scratch as well: what lies there is turned and spread with the weights.
      Arrays.fill(packed, offset, offset + blockFloats, 0);
    }
    for (int c = 0; c < sources; c += stretch) {
      int count = Math.min(stretch, sources - c);
      // First in one piece: rows a power of two apart would evict each other from the cache.
      FloatMemory.copyBlock(
          weight, from + (long) c * taps, ld, packed, scratch, row, lanes, count * taps);
      FloatTranspose.BEST.run(packed, scratch, row, NR, packed, transposed, NR, row);
      spread(c, count, packed, offset, transposed);
    }
  }

  /** The lanes are channels, the taps apart, and each filter is a source, from f on. */
  private void packChannels(
      Object weight, long weightOffset, int block, int f, float[] packed, int offset) {
    int lanes = channels(block);
    int count = Math.min(stretch, sources - f);
    long filter = (long) targets * taps;
    long from =
        weightOffset + group(block) * group + (long) firstChannel(block) * taps + f * filter;
    if (lanes < NR && f == 0) {
      // The scratch as well: what lies there is turned and spread with the weights.
      Arrays.fill(packed, offset, offset + blockFloats, 0);
    }
    if (taps == 1) {
      FloatMemory.copyBlock(weight, from, filter, packed, offset + f * NR, NR, count, lanes);
      return;
    }
    int scratch = offset + (int) weights() + FLAG;
    int transposed = scratch + NR * row;
    int floats = lanes * taps;
    FloatMemory.copyBlock(weight, from, filter, packed, scratch, floats, count, floats);
    for (int i = 0; i < count; i++) {
      FloatTranspose.BEST.run(
          packed, scratch + i * floats, taps, lanes, packed, transposed + i * taps * NR, NR, taps);
    }
    spread(f, count, packed, offset, transposed);
  }

  /** Moves the taps of {@code count} sources to their places, neighbours together. */
  private void spread(int source, int count, float[] packed, int offset, int scratch) {
    for (int tap = 0; tap < taps; ) {
      int end = tap + 1;
      while (end < taps && place[end] == place[end - 1] + NR) {
        end++;
      }
      FloatMemory.copyBlock(
          packed,
          scratch + tap * NR,
          taps * NR,
          packed,
          offset + place[tap] + source * placeStep[tap],
          placeStep[tap],
          count,
          (end - tap) * NR);
      tap = end;
    }
  }
}
