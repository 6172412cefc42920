// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatTranspose;
import dev.lanewise.internal.simd.Machine;
import java.util.Arrays;

/**
 * The direct algorithm with channels of the target in the lanes, in both directions and for any
 * window.
 *
 * <pre>
 *   for each image, for each band of target rows
 *     copy what the band reads, padded and split by the stride      (level 2 cache)
 *     for each NR channels of the target
 *       for each phase of the target, for each kc taps
 *         for each tile of 2·RUN pixels: sums += image · weight     ({@link FloatDirectKernel})
 *       transpose the sums into the target's rows, then the epilogue
 * </pre>
 *
 * <p>Nothing is copied where the target's windows are the source's elements. Where a phase of the
 * target takes every second element of a row, so does its tile: interleaving costs nothing.
 *
 * <p>Kernel rows that read nothing but zeros around the source are left out for the tile that does
 * so, which changes no sum of finite weights; a block of weights knows whether it is one.
 *
 * <p>Each element is a sum in the order of {@link FloatDirectWeight}, cut every kc taps, whatever
 * tile it falls in.
 */
final class FloatDirectFilter implements FloatFilter {
  private static final int NR = FloatDirectKernel.LANES;

  /** The most taps summed up before they are added to what there is: bounds the rounding error. */
  private static final int MOST_TAPS = 1152;

  /** A band has at least so many pixels, for each reads all weights. */
  private static final int FEWEST_PIXELS = 192;

  /** A band is at least so many times higher than what it copies beyond its own rows. */
  private static final int REACHES = 4;

  /** Half of a level 2 cache of 1 MiB, more or less, in single precision. */
  private static final int BAND_FLOATS = 160 << 10;

  /** Channels of a target in foreign memory that are transposed at a time. */
  private static final int STORED_LANES = 4;

  /** What the kernels reach of the peak. */
  private static final double VECTOR_RATE = 0.96;

  private static final double SCALAR_RATE = 0.3;

  /** In how many taps' time a pixel is written. */
  private static final double STORE_TAPS = 16;

  private final ConvShape shape;
  private final FloatEpilogue epilogue;
  private final boolean forward;
  private final DirectAxis vertical;
  private final DirectAxis horizontal;
  private final FloatDirectWeight weights;
  private final FloatDirectImage image;
  private final int sources;
  private final int targets;
  private final boolean inPlace;
  private final int bandWindows;
  private final int bands;
  private final Phase[] phases;

  /** [band][phase]. */
  private final int[][][] tiles;

  /** Where taps find their pixels in the copy of a band, all phases one behind the other. */
  private final int[] copyOffsets;

  /** The same where the source is read in place; null if it never is. */
  private final int[] sourceOffsets;

  /**
   * Elements of the target that use the same taps.
   *
   * @param firstTap in the order of the packed weights
   * @param taps how many
   * @param rowTaps those of one kernel row
   * @param cut how many are summed up at a time
   */
  private record Phase(int down, int right, int firstTap, int taps, int rowTaps, int cut) {}

  /** From images to filtered images. */
  static FloatDirectFilter forward(ConvShape shape, FloatEpilogue epilogue) {
    return new FloatDirectFilter(shape, epilogue, true);
  }

  /** From filtered images to images. */
  static FloatDirectFilter backwardInput(ConvShape shape, FloatEpilogue epilogue) {
    return new FloatDirectFilter(shape, epilogue, false);
  }

  private FloatDirectFilter(ConvShape shape, FloatEpilogue epilogue, boolean forward) {
    this.shape = shape;
    this.epilogue = epilogue;
    this.forward = forward;
    ColumnShape columns = shape.columns();
    vertical = axis(columns.vertical(), forward);
    horizontal = axis(columns.horizontal(), forward);
    weights = new FloatDirectWeight(shape, forward, vertical, horizontal);
    sources = forward ? columns.channels() : shape.filters();
    targets = forward ? shape.filters() : columns.channels();
    inPlace = vertical.isInPlace() && horizontal.isInPlace();
    bandWindows = bandWindows(shape, forward, vertical, horizontal);
    bands = Math.ceilDiv(vertical.windows(), bandWindows);
    image =
        new FloatDirectImage(
            vertical, horizontal, bandWindows, forward ? (float) columns.paddingValue() : 0);
    phases = phases();
    copyOffsets = offsets(image.plane());
    long sourcePlane = (long) vertical.source().input() * horizontal.source().input();
    sourceOffsets =
        inPlace && sources * sourcePlane <= Integer.MAX_VALUE ? offsets((int) sourcePlane) : null;
    tiles = new int[bands][][];
    for (int band = 0; band < bands; band++) {
      int[][] next = tiles(band);
      boolean same = band > 0 && Arrays.deepEquals(next, tiles[band - 1]);
      tiles[band] = same ? tiles[band - 1] : next;
    }
  }

  private static DirectAxis axis(AxisMap map, boolean forward) {
    return forward ? DirectAxis.forward(map) : DirectAxis.backward(map);
  }

  /** Whether the scratch of a band and a block of weights are small enough. */
  static boolean appliesForward(ConvShape shape) {
    return applies(shape, true);
  }

  /** The same, and whether no image element got anything through the padding. */
  static boolean appliesBackwardInput(ConvShape shape) {
    ColumnShape columns = shape.columns();
    return !columns.vertical().repeatsInput()
        && !columns.horizontal().repeatsInput()
        && applies(shape, false);
  }

  private static boolean applies(ConvShape shape, boolean forward) {
    if (Machine.SIMD && !Machine.FMA) {
      return false;
    }
    ColumnShape columns = shape.columns();
    DirectAxis vertical = axis(columns.vertical(), forward);
    DirectAxis horizontal = axis(columns.horizontal(), forward);
    for (int phase = 0; phase < horizontal.phases(); phase++) {
      if (horizontal.endWindow(phase) - horizontal.firstWindow(phase)
          < FloatDirectKernel.SHORTEST) {
        return false;
      }
    }
    FloatDirectWeight weights = new FloatDirectWeight(shape, forward, vertical, horizontal);
    return weights.blockFloats() <= FloatFiltering.MOST_PACKED_BLOCK
        && scratchFloats(shape, forward, vertical, horizontal, 1) <= FloatFiltering.MOST_SCRATCH;
  }

  /** What it reaches of the multiply-add peak. */
  static double rateForward(ConvShape shape) {
    return rate(shape.columns().channels() * shape.columns().taps(), shape.filters());
  }

  /** What it reaches of the multiply-add peak. */
  static double rateBackwardInput(ConvShape shape) {
    ColumnShape columns = shape.columns();
    double phases = (double) columns.vertical().stride() * columns.horizontal().stride();
    return rate(shape.filters() * columns.taps() / phases, columns.channels());
  }

  private static double rate(double taps, int targets) {
    double lanes = targets / (double) (Math.ceilDiv(targets, NR) * NR);
    return (Machine.SIMD ? VECTOR_RATE : SCALAR_RATE) * lanes * taps / (taps + STORE_TAPS);
  }

  /** Vertical windows of a band. */
  private static int bandWindows(
      ConvShape shape, boolean forward, DirectAxis vertical, DirectAxis horizontal) {
    int pixels = vertical.step() * horizontal.target();
    int fewest = Math.max(Math.ceilDiv(FEWEST_PIXELS, pixels), REACHES * vertical.reach());
    int bands = Math.max(1, vertical.windows() / fewest);
    int windows = Math.ceilDiv(vertical.windows(), bands);
    while (windows > 1
        && scratchFloats(shape, forward, vertical, horizontal, windows) > BAND_FLOATS) {
      windows = Math.ceilDiv(windows, 2);
    }
    return windows;
  }

  private static long scratchFloats(
      ConvShape shape, boolean forward, DirectAxis vertical, DirectAxis horizontal, int windows) {
    long sources = forward ? shape.columns().channels() : shape.filters();
    long rows = (long) vertical.parts() * (windows + vertical.reach());
    long pitch = (long) horizontal.parts() * (horizontal.windows() + horizontal.reach());
    long pixels = (long) windows * vertical.step() * horizontal.target();
    return sources * rows * pitch
        + pixels * (NR + STORED_LANES)
        + 2 * NR
        + horizontal.source().input();
  }

  private Phase[] phases() {
    Phase[] made = new Phase[vertical.phases() * horizontal.phases()];
    int firstTap = 0;
    for (int p = 0; p < made.length; p++) {
      int down = p / horizontal.phases();
      int right = p % horizontal.phases();
      int rowTaps = sources * horizontal.taps(right).length;
      int taps = vertical.taps(down).length * rowTaps;
      int cuts = Math.max(1, Math.ceilDiv(taps, MOST_TAPS));
      made[p] =
          new Phase(down, right, firstTap, taps, rowTaps, Math.max(1, Math.ceilDiv(taps, cuts)));
      firstTap += taps;
    }
    return made;
  }

  private int[] offsets(int plane) {
    int[] offsets = new int[sources * shape.columns().taps()];
    int i = 0;
    for (Phase phase : phases) {
      for (DirectAxis.Tap down : vertical.taps(phase.down)) {
        for (int c = 0; c < sources; c++) {
          for (DirectAxis.Tap right : horizontal.taps(phase.right)) {
            offsets[i++] = c * plane + image.offset(down, right);
          }
        }
      }
    }
    return offsets;
  }

  private int[][] tiles(int band) {
    int[][] made = new int[phases.length][];
    int firstWindow = band * bandWindows;
    int endWindow = Math.min(firstWindow + bandWindows, vertical.windows());
    int firstRow = firstRow(band);
    int width = horizontal.target();
    for (int p = 0; p < made.length; p++) {
      Phase phase = phases[p];
      DirectTiles cut =
          new DirectTiles(FloatDirectKernel.SHORTEST, FloatDirectKernel.LONGEST, horizontal.step());
      int first = Math.max(firstWindow, vertical.firstWindow(phase.down));
      int end = Math.min(endWindow, vertical.endWindow(phase.down));
      int left = horizontal.firstWindow(phase.right);
      int length = horizontal.endWindow(phase.right) - left;
      if (isFlat() && first < end) {
        int rows = vertical.taps(phase.down).length;
        int from = (first - firstWindow) * image.pitch();
        cut.add((end - first) * length, from, (first - firstRow) * width, 0, rows);
      } else {
        for (int window = first; window < end; window++) {
          int row = vertical.element(phase.down, window) - firstRow;
          int column = horizontal.element(phase.right, left);
          int[] operands = operandRows(phase.down, window);
          cut.add(
              length,
              (window - firstWindow) * image.pitch() + left,
              row * width + column,
              operands[0],
              operands[1]);
        }
      }
      made[p] = cut.finish();
    }
    return made;
  }

  /** Whether the rows of a band are one row: each ends where the next begins, on either side. */
  private boolean isFlat() {
    return vertical.step() == 1
        && vertical.reach() == 0
        && horizontal.step() == 1
        && image.pitch() == horizontal.target();
  }

  /** The kernel rows of a phase that read more than zeros around the source, from and to. */
  private int[] operandRows(int phase, int window) {
    DirectAxis.Tap[] taps = vertical.taps(phase);
    int first = 0;
    int end = taps.length;
    if (!forward || shape.columns().paddingValue() == 0) {
      while (first < end && vertical.isOutside(taps[first], window)) {
        first++;
      }
      while (first < end && vertical.isOutside(taps[end - 1], window)) {
        end--;
      }
    }
    return first < end ? new int[] {first, end} : new int[] {0, 0};
  }

  /** The first target row of a band. */
  private int firstRow(int band) {
    return Math.max(0, vertical.element(0, band * bandWindows));
  }

  /** One more than the last target row of a band. */
  private int endRow(int band) {
    return Math.min(vertical.target(), vertical.element(0, (band + 1) * bandWindows));
  }

  @Override
  public String describe() {
    return ("direct%s: channels of the result in the lanes; %dx%d tiles, %s, bands of %d rows, %d"
            + " taps at a time")
        .formatted(
            vertical.phases() * horizontal.phases() > 1
                ? ", as %d sub-pixel convolutions".formatted(phases.length)
                : "",
            2 * FloatDirectKernel.LONGEST,
            NR,
            inPlace ? "read in place" : "a padded copy",
            bandWindows * vertical.step(),
            phases[0].cut);
  }

  @Override
  public boolean addsZeros() {
    return !forward;
  }

  @Override
  public int weightBlocks() {
    return weights.blocks(shape.groups());
  }

  @Override
  public int weightBlockFloats() {
    return (int) weights.blockFloats();
  }

  @Override
  public void packWeight(
      Object weight, long weightOffset, int block, float[] packed, int packedOffset) {
    weights.pack(weight, weightOffset, block, packed, packedOffset);
  }

  @Override
  public int parts() {
    return shape.batch() * bands;
  }

  @Override
  public int workspaceFloats() {
    return copyFloats() + sumFloats() + 2 * NR + storedFloats() + image.scratchFloats();
  }

  private int copyFloats() {
    return sources * image.plane();
  }

  private int bandPixels() {
    return bandWindows * vertical.step() * horizontal.target();
  }

  private int sumFloats() {
    return bandPixels() * NR;
  }

  private int storedFloats() {
    return bandPixels() * STORED_LANES;
  }

  @Override
  public void run(
      Object source,
      long sourceOffset,
      Object weight,
      long weightOffset,
      int firstBlock,
      int endBlock,
      Object bias,
      long biasOffset,
      Object residual,
      long residualOffset,
      Object target,
      long targetOffset,
      int firstPart,
      int endPart,
      float[] workspace,
      int workspaceOffset) {
    float[] packed = (float[]) weight;
    long sourcePlane = (long) vertical.source().input() * horizontal.source().input();
    long targetPlane = (long) vertical.target() * horizontal.target();
    int sums = workspaceOffset + copyFloats();
    int initial = sums + sumFloats();
    int scratch = initial + 2 * NR;
    boolean reads = sourceOffsets != null && source instanceof float[];
    for (int part = firstPart; part < endPart; part++) {
      int band = part % bands;
      long n = part / bands;
      int copied = -1;
      for (int block = firstBlock; block < endBlock; block++) {
        int group = weights.group(block);
        long groupSource = sourceOffset + (n * shape.groups() + group) * sources * sourcePlane;
        if (!reads && group != copied) {
          copied = group;
          image.copy(
              source,
              groupSource,
              sources,
              band * bandWindows,
              Math.min((band + 1) * bandWindows, vertical.windows()),
              workspace,
              workspaceOffset,
              scratch + storedFloats());
        }
        int channels = weights.channels(block);
        int channel = group * targets + weights.firstChannel(block);
        for (int lane = 0; lane < NR; lane++) {
          workspace[initial + lane] =
              bias == null || lane >= channels
                  ? 0
                  : FloatMemory.get(bias, biasOffset + channel + lane);
        }
        sum(
            band,
            reads ? (float[]) source : workspace,
            reads ? (int) groupSource + band * bandWindows * image.pitch() : workspaceOffset,
            reads ? sourceOffsets : copyOffsets,
            packed,
            (int) weightOffset + (block - firstBlock) * weightBlockFloats(),
            workspace,
            sums,
            initial);
        long at =
            (n * shape.groups() * targets + channel) * targetPlane
                + (long) firstRow(band) * horizontal.target();
        store(
            (endRow(band) - firstRow(band)) * horizontal.target(),
            channels,
            workspace,
            sums,
            scratch,
            target,
            targetOffset + at,
            residual,
            residualOffset + at,
            targetPlane);
      }
    }
  }

  /** All tiles of a band by one block of channels. */
  private void sum(
      int band,
      float[] from,
      int fromOffset,
      int[] offsets,
      float[] packed,
      int packedOffset,
      float[] workspace,
      int sums,
      int initial) {
    boolean finite = weights.isFinite(packed, packedOffset);
    int step = horizontal.step() * NR;
    for (int p = 0; p < phases.length; p++) {
      Phase phase = phases[p];
      int[] cut = tiles[band][p];
      // At least once: pixels without taps get their bias.
      for (int tap = 0; tap == 0 || tap < phase.taps; tap += phase.cut) {
        int last = Math.min(tap + phase.cut, phase.taps);
        for (int t = 0; t < cut.length; t += DirectTiles.NUMBERS) {
          int first = tap;
          int end = last;
          if (finite) {
            first = Math.max(first, cut[t + DirectTiles.FIRST_ROW] * phase.rowTaps);
            end = Math.min(end, cut[t + DirectTiles.END_ROW] * phase.rowTaps);
          }
          if (first >= end && tap > 0) {
            continue;
          }
          FloatDirectKernel.ALL[cut[t + DirectTiles.RUN] - FloatDirectKernel.SHORTEST].accumulate(
              end - first,
              offsets,
              phase.firstTap + first,
              from,
              fromOffset + cut[t + DirectTiles.FIRST],
              fromOffset + cut[t + DirectTiles.SECOND],
              packed,
              packedOffset + (phase.firstTap + first) * NR,
              workspace,
              tap == 0 ? initial : -1,
              sums + cut[t + DirectTiles.TO_FIRST] * NR,
              sums + cut[t + DirectTiles.TO_SECOND] * NR,
              step,
              cut[t + DirectTiles.SKIP],
              initial + NR);
        }
      }
    }
  }

  /** Writes the sums of a band and finishes them, channel by channel. */
  private void store(
      int pixels,
      int channels,
      float[] workspace,
      int sums,
      int scratch,
      Object target,
      long at,
      Object residual,
      long residualAt,
      long plane) {
    if (target instanceof float[] array) {
      FloatTranspose.BEST.run(workspace, sums, NR, pixels, array, (int) at, (int) plane, channels);
    } else {
      for (int lane = 0; lane < channels; lane += STORED_LANES) {
        int count = Math.min(STORED_LANES, channels - lane);
        FloatTranspose.BEST.run(
            workspace, sums + lane, NR, pixels, workspace, scratch, pixels, count);
        for (int i = 0; i < count; i++) {
          FloatMemory.copy(
              workspace, scratch + i * pixels, target, at + (lane + i) * plane, pixels);
        }
      }
    }
    for (int lane = 0; lane < channels; lane++) {
      epilogue.apply(target, at + lane * plane, residual, residualAt + lane * plane, pixels);
    }
  }
}
