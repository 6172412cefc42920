// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.conv.FloatFilter;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FirstLevelCache;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.util.function.ToIntBiFunction;

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
 * <p>Nothing is copied where the target's windows are the source's elements, unless these come from
 * afar, nor where windows of an array are two elements apart, all inside, and fill the longest runs
 * ({@link FloatDirectKernelStrided}). Where a phase of the target takes every second element of a
 * row, so does its tile: interleaving costs nothing.
 *
 * <p>Small images of a batch, 1×1 without stride and kernels of up to three columns have loops of
 * their own, with the same sums: {@link FloatImageRunsFilter}, {@link FloatPlanesFilter}, {@link
 * FloatLinesFilter}.
 *
 * <p>{@link DirectSums} says in which order an element's taps are summed and how products with the
 * zeros around the source are left out, which changes no sum of finite weights; a block of weights
 * knows whether it is one.
 */
public final class FloatDirectFilter implements FloatFilter {
  private static final int NR = FloatDirectKernel.LANES;

  /**
   * Elements of a source that is not near as a whole: with 200 Ki both ways were equally fast, with
   * 400 Ki the copy was faster (Emerald Rapids).
   */
  private static final int FAR_FLOATS = 320 << 10;

  /**
   * The least share of different pixels among those computed, for windows to be read two elements
   * apart. With 0.91, 2×2 64→128 @128 gains 8 to 10 % (Zen 5).
   */
  private static final double LEAST_DIFFERENT = 0.9;

  /** What the kernels reach of the peak. */
  private static final double VECTOR_RATE = 0.96;

  /**
   * The same of those that take two or three taps a step, from lines: so much above the others that
   * they are taken where both are predicted to be about equal. Transposed 4×4 with stride 2,
   * 256→128 @8, is 1.05 to 1.1 times as fast by it as tap by tap (Emerald Rapids).
   */
  private static final double VECTOR_RATE_OF_LINES = 1;

  /** The same for a single tap of the kernel, fitted to layers of ResNet-50 (Zen 5). */
  private static final double VECTOR_RATE_OF_ONE_TAP = 0.92;

  /**
   * The same for a single tap of the kernel with 16 registers: each tap of a tile's few pixels is a
   * cache line of its own, often a page.
   */
  private static final double VECTOR_RATE_OF_FEW_PIXELS = 0.8;

  private static final double SCALAR_RATE = 0.3;

  /** In how many taps' time a pixel is written. */
  private static final double STORE_TAPS = 16;

  /**
   * The same where planes of the target are whole pages and far away: lines of all channels meet in
   * one set of the first-level cache. Fitted to two layers: 3×3 3→64 @224 reaches 23 % of the peak,
   * 1→64 @256 9 (Zen 5).
   */
  private static final double STORE_TAPS_OF_PAGES = 86;

  /** Elements of a page. */
  private static final int PAGE = 4096 / Float.BYTES;

  /** Elements of a plane from which on it is far away. */
  private static final int FAR_PLANE = 32 * PAGE;

  /** In how many taps' time a pixel's sums are added to those that there are. */
  private static final double ADD_TAPS = 30;

  /** In how many taps' time an element of a strided source is copied to its part. */
  private static final double SPLIT_TAPS = 0.4;

  /** Elements of a vector that the times are fitted to. */
  private static final double LANES = 16;

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
  private final DirectBands bands;
  private final DirectSums order;

  /** Where taps find their pixels in the copy of a band, in the order of the sums. */
  private final int[] copyOffsets;

  /** The same where the source is read in place; null if it never is. */
  private final int[] sourceOffsets;

  /**
   * The order of the sums again, with tiles of a source whose pixels are read two elements apart;
   * null if they never are.
   */
  private final DirectSums stridedOrder;

  /** From images to filtered images. */
  public static FloatFilter forward(ConvShape shape, FloatEpilogue epilogue) {
    return of(shape, epilogue, true, false);
  }

  /** From images to filtered images, tap by tap of the kernel. */
  public static FloatFilter forwardByTap(ConvShape shape, FloatEpilogue epilogue) {
    return of(shape, epilogue, true, true);
  }

  /** From filtered images to images. */
  public static FloatFilter backwardInput(ConvShape shape, FloatEpilogue epilogue) {
    return of(shape, epilogue, false, false);
  }

  /** From filtered images to images, tap by tap of the kernel. */
  public static FloatFilter backwardInputByTap(ConvShape shape, FloatEpilogue epilogue) {
    return of(shape, epilogue, false, true);
  }

  /** By runs of pixels, one tap a step, whatever the window; for tests. */
  static FloatDirectFilter pixels(ConvShape shape, FloatEpilogue epilogue, boolean forward) {
    return new FloatDirectFilter(shape, epilogue, forward, false);
  }

  private static FloatFilter of(
      ConvShape shape, FloatEpilogue epilogue, boolean forward, boolean byTap) {
    FloatDirectFilter pixels = new FloatDirectFilter(shape, epilogue, forward, byTap);
    FloatFilter images = FloatImageRunsFilter.of(shape, epilogue, forward, pixels);
    if (images != pixels) {
      return images;
    }
    // A core that begins one multiply-add in a cycle has the time to ask a table.
    return pixels.isOfElements() && FirstLevelCache.isOfTwoMultiplyAdds()
        ? FloatPlanesFilter.of(shape, forward, pixels)
        : FloatLinesFilter.of(shape, forward, pixels);
  }

  private FloatDirectFilter(
      ConvShape shape, FloatEpilogue epilogue, boolean forward, boolean byTap) {
    this.shape = shape;
    this.epilogue = epilogue;
    this.forward = forward;
    ColumnShape columns = shape.columns();
    vertical = axis(columns.vertical(), forward);
    horizontal = axis(columns.horizontal(), forward);
    sources = forward ? columns.channels() : shape.filters();
    targets = forward ? shape.filters() : columns.channels();
    inPlace = vertical.isInPlace() && horizontal.isInPlace();
    int windows = bandWindows(shape, forward, vertical, horizontal);
    double surroundings = forward ? columns.paddingValue() : 0;
    image = new FloatDirectImage(vertical, horizontal, windows, (float) surroundings);
    bands =
        new DirectBands(
            vertical,
            horizontal,
            surroundings == 0,
            windows,
            image.pitch(),
            FloatDirectKernel.SHORTEST,
            FloatDirectKernel.LONGEST);
    order = byTap ? DirectSums.tapByTap(bands, sources) : DirectSums.phaseByPhase(bands, sources);
    weights = new FloatDirectWeight(shape, forward, order, forward && !inPlace);
    copyOffsets = offsets(image.plane(), image::offset);
    long sourcePlane = (long) vertical.source().input() * horizontal.source().input();
    DirectSums strided = isStridedInside() ? stridedOrder(byTap) : null;
    stridedOrder = strided != null && fillsRuns(strided) ? strided : null;
    boolean reads = inPlace ? !isFar(sources * sourcePlane) : stridedOrder != null;
    sourceOffsets =
        reads && sources * sourcePlane <= Integer.MAX_VALUE
            ? offsets((int) sourcePlane, this::sourceOffset)
            : null;
  }

  /**
   * Whether a source comes from beyond the second-level cache to a core that begins two
   * multiply-adds in a cycle. In place, each channel is a line of its own, and the multiply-adds
   * that wait for it seem to fill the core's queues before it asks for the next few; a copy asks
   * for whole rows. 1×1 256→64 @56 is 1.3 times as fast by it, and 1.7 times where the source was
   * not near before (Emerald Rapids).
   */
  private boolean isFar(long floats) {
    return floats >= FAR_FLOATS
        && shape.columns().taps() == 1
        && FirstLevelCache.isOfTwoMultiplyAdds();
  }

  /**
   * Whether windows are two elements apart and reach no further than the source. Transposed 2×2
   * with stride 2, backwardInput of 128→64 @56, is 1.19 times as fast from the array as from a copy
   * of its parts, forward 5×5 of 64→64 @59 1.07 (Zen 5); 2×2 is equally fast on Emerald Rapids.
   */
  private boolean isStridedInside() {
    return Machine.SIMD
        && Machine.REGISTERS >= 32
        && vertical.split() == FloatDirectKernelStrided.STEP
        && horizontal.split() == FloatDirectKernelStrided.STEP
        && isInside(vertical.source())
        && isInside(horizontal.source())
        && horizontal.windows() >= FloatDirectKernel.LONGEST;
  }

  private static boolean isInside(AxisMap source) {
    return source.before() == 0 && source.padded() <= source.input();
  }

  /** Whether the only kernel there is computes few pixels twice. */
  private boolean fillsRuns(DirectSums strided) {
    long computed = 0;
    for (int[] tiles : strided.stretches().getFirst().allTiles()) {
      computed += tiles.length / DirectTiles.NUMBERS * 2 * FloatDirectKernel.LONGEST;
    }
    return LEAST_DIFFERENT * computed <= (long) vertical.windows() * horizontal.windows();
  }

  /** With windows counted in steps: rows are as far apart as the source's, halved and doubled. */
  private DirectSums stridedOrder(boolean byTap) {
    DirectBands strided =
        new DirectBands(
            vertical,
            horizontal,
            bands.zeros(),
            bands.windows(),
            horizontal.source().input(),
            FloatDirectKernel.LONGEST,
            FloatDirectKernel.LONGEST);
    return byTap
        ? DirectSums.tapByTap(strided, sources)
        : DirectSums.phaseByPhase(strided, sources);
  }

  /** Whether pixels of the target are those of the source, in the same places. */
  boolean isOfElements() {
    return vertical.isOfElements() && horizontal.isOfElements();
  }

  /** Whether an array is read where it stands. */
  boolean readsInPlace() {
    return sourceOffsets != null;
  }

  DirectBands bands() {
    return bands;
  }

  /** The order in which the taps are summed. */
  DirectSums order() {
    return order;
  }

  FloatDirectWeight weights() {
    return weights;
  }

  static DirectAxis axis(AxisMap map, boolean forward) {
    return forward ? DirectAxis.forward(map) : DirectAxis.backward(map);
  }

  /** Whether the scratch of a band and a block of weights are small enough. */
  public static boolean appliesForward(ConvShape shape) {
    return applies(shape, true);
  }

  /** The same, and whether what surrounds the images is zeros. */
  public static boolean appliesForwardByTap(ConvShape shape) {
    return shape.columns().paddingValue() == 0 && applies(shape, true);
  }

  /** As forwards, and whether no image element got anything through the padding. */
  public static boolean appliesBackwardInput(ConvShape shape) {
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
    return blockFloats(shape, forward) <= FloatFilter.MOST_PACKED_BLOCK
        && scratchFloats(shape, forward, vertical, horizontal, 1) <= FloatFilter.MOST_SCRATCH;
  }

  private static long blockFloats(ConvShape shape, boolean forward) {
    ColumnShape columns = shape.columns();
    int sources = forward ? columns.channels() : shape.filters();
    return FloatDirectWeight.blockFloats(sources, columns.taps(), forward);
  }

  /** What it reaches of the multiply-add peak. */
  public static double rateForward(ConvShape shape) {
    return peakRate(shape, true) * shareForward(shape);
  }

  /** What it reaches of the multiply-add peak. */
  public static double rateBackwardInput(ConvShape shape) {
    return peakRate(shape, false) * shareBackwardInput(shape);
  }

  private static double shareForward(ConvShape shape) {
    ColumnShape columns = shape.columns();
    int channels = columns.channels();
    return share(
        channels * columns.taps(),
        shape.filters(),
        columns.windows(),
        channels * splitTaps(columns));
  }

  private static double shareBackwardInput(ConvShape shape) {
    ColumnShape columns = shape.columns();
    double phases = (double) columns.vertical().stride() * columns.horizontal().stride();
    return share(shape.filters() * columns.taps() / phases, columns.channels(), columns.plane(), 0);
  }

  /** What the kernels reach of the multiply-add peak. */
  private static double peakRate(ConvShape shape, boolean forward) {
    return FloatLinesFilter.applies(shape, forward)
        ? VECTOR_RATE_OF_LINES
        : peakRateOfPixels(shape.columns());
  }

  private static double peakRateOfPixels(ColumnShape columns) {
    if (!Machine.SIMD) {
      return SCALAR_RATE;
    }
    if (columns.taps() == 1) {
      return Machine.REGISTERS < 32 ? VECTOR_RATE_OF_FEW_PIXELS : VECTOR_RATE_OF_ONE_TAP;
    }
    return VECTOR_RATE;
  }

  /**
   * What is left of the kernels' rate.
   *
   * @param taps of an element of the target
   * @param plane elements of a channel of the target
   * @param copying in how many taps' time what one of its pixels adds to the copy is copied
   */
  private static double share(double taps, int targets, int plane, double copying) {
    int blocks = Math.ceilDiv(targets, NR);
    double lanes = targets / (double) (blocks * NR);
    boolean pages = plane >= FAR_PLANE && plane % PAGE == 0;
    double storing = pages ? STORE_TAPS_OF_PAGES : STORE_TAPS;
    return lanes * taps / (taps + storing + copying / blocks);
  }

  /** In how many taps' time what a window adds to the copy of a channel is split by the stride. */
  private static double splitTaps(ColumnShape columns) {
    int stride = columns.horizontal().stride();
    if (stride == 1) {
      return 0;
    }
    double rows = Math.min(stride, columns.vertical().kernel());
    double elements = Math.min(stride, columns.horizontal().kernel());
    return SPLIT_TAPS * rows * elements * Math.max(1, LANES / Math.max(1, columns.outWidth()));
  }

  /** What tap by tap reaches of the multiply-add peak: more than all if much is padding. */
  public static double rateForwardByTap(ConvShape shape) {
    return peakRateOfPixels(shape.columns()) * shareForward(shape) * gainByTap(shape, true);
  }

  /** What tap by tap reaches of the multiply-add peak: more than all if much is padding. */
  public static double rateBackwardInputByTap(ConvShape shape) {
    return peakRateOfPixels(shape.columns()) * shareBackwardInput(shape) * gainByTap(shape, false);
  }

  private static double gainByTap(ConvShape shape, boolean forward) {
    ColumnShape columns = shape.columns();
    DirectAxis vertical = axis(columns.vertical(), forward);
    DirectAxis horizontal = axis(columns.horizontal(), forward);
    int sources = forward ? columns.channels() : shape.filters();
    // Rows of a single run make tiles two by two.
    int rows = horizontal.windows() <= FloatDirectKernel.LONGEST ? 2 : 1;
    return sources
        / (sources + ADD_TAPS)
        / vertical.operandShare(rows, 1)
        / horizontal.operandShare(1, FloatDirectKernel.SHORTEST);
  }

  /** Vertical windows of a band. */
  private static int bandWindows(
      ConvShape shape, boolean forward, DirectAxis vertical, DirectAxis horizontal) {
    int windows = DirectBands.fewestWindows(vertical, horizontal);
    while (windows > 1
        && scratchFloats(shape, forward, vertical, horizontal, windows) > DirectBands.MOST_READ) {
      windows = Math.ceilDiv(windows, 2);
    }
    return windows;
  }

  /** As a double, for there may be more than a long counts. */
  private static double scratchFloats(
      ConvShape shape, boolean forward, DirectAxis vertical, DirectAxis horizontal, int windows) {
    double sources = forward ? shape.columns().channels() : shape.filters();
    long rows = (long) vertical.parts() * (windows + vertical.reach());
    long pitch = (long) horizontal.parts() * (horizontal.windows() + horizontal.reach());
    long pixels = (long) windows * vertical.step() * horizontal.target();
    return sources * rows * pitch + pixels * NR + 2 * NR + horizontal.source().input();
  }

  /** Where a pair of taps finds the pixel of window (0, 0) in a channel of the source. */
  private int sourceOffset(DirectAxis.Tap down, DirectAxis.Tap right) {
    return vertical.place(down) * horizontal.source().input() + horizontal.place(right);
  }

  private int[] offsets(int plane, ToIntBiFunction<DirectAxis.Tap, DirectAxis.Tap> place) {
    int[] offsets = new int[sources * shape.columns().taps()];
    for (int v = 0; v < vertical.phases(); v++) {
      for (int h = 0; h < horizontal.phases(); h++) {
        for (DirectAxis.Tap row : vertical.taps(v)) {
          for (DirectAxis.Tap column : horizontal.taps(h)) {
            int tap = row.kernel() * horizontal.kernel() + column.kernel();
            for (int c = 0; c < sources; c++) {
              offsets[order.place(tap) + c * order.placeStep(tap)] =
                  c * plane + place.applyAsInt(row, column);
            }
          }
        }
      }
    }
    return offsets;
  }

  @Override
  public String describe() {
    return ("direct%s%s: channels of the result in the lanes; %dx%d tiles, %s, bands of %d rows, %s")
        .formatted(
            vertical.phases() * horizontal.phases() > 1
                ? ", as %d sub-pixel convolutions"
                    .formatted(vertical.phases() * horizontal.phases())
                : "",
            order.addsOnly() ? ", tap by tap of the kernel" : "",
            2 * FloatDirectKernel.LONGEST,
            NR,
            sourceOffsets == null
                ? inPlace ? "a copy" : "a padded copy"
                : inPlace ? "read in place" : "arrays read in place, else a copy",
            bands.windows() * vertical.step(),
            order.describe());
  }

  @Override
  public boolean addsZeros() {
    return !forward && !inPlace;
  }

  @Override
  public boolean preparesSource() {
    return !inPlace || sourceOffsets == null;
  }

  @Override
  public int weightBlocks() {
    return weights.blocks(shape.groups());
  }

  @Override
  public int weightBlockFloats() {
    return weights.blockFloats();
  }

  @Override
  public void packWeight(
      Object weight, long weightOffset, int block, float[] packed, int packedOffset) {
    weights.pack(weight, weightOffset, block, block + 1, packed, packedOffset);
  }

  @Override
  public void packWeights(
      Object weight,
      long weightOffset,
      int firstBlock,
      int endBlock,
      float[] packed,
      int packedOffset) {
    weights.pack(weight, weightOffset, firstBlock, endBlock, packed, packedOffset);
  }

  @Override
  public int parts() {
    return shape.batch() * bands.count();
  }

  @Override
  public int workspaceFloats() {
    return copyFloats() + sumFloats() + 2 * NR + image.scratchFloats();
  }

  /** Elements of a band's copy. */
  int copyFloats() {
    return sources * image.plane();
  }

  /** Elements from one channel of a band's copy to the next. */
  int copyPlane() {
    return image.plane();
  }

  private int bandPixels() {
    return bands.windows() * vertical.step() * horizontal.target();
  }

  private int sumFloats() {
    return bandPixels() * NR;
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
    Starting<FloatDirectKernelStrided> strided =
        reads && stridedOrder != null ? FloatDirectKernelStrided.BEST : null;
    FloatDirectKernelStrided stridedForm = strided == null ? null : strided.kernel();
    long since = strided == null ? 0 : strided.clock(stridedForm);
    reads &= strided == null || stridedForm != null;
    int pitch =
        stridedForm == null ? image.pitch() : vertical.split() * horizontal.source().input();
    for (int part = firstPart; part < endPart; part++) {
      int band = part % bands.count();
      long n = part / bands.count();
      int copied = -1;
      for (int block = firstBlock; block < endBlock; block++) {
        int group = weights.group(block);
        long groupSource = sourceOffset + (n * shape.groups() + group) * sources * sourcePlane;
        if (!reads && group != copied) {
          copied = group;
          copy(source, groupSource, band, workspace, workspaceOffset, scratch);
        }
        int channels = weights.channels(block);
        int channel = group * targets + weights.firstChannel(block);
        weights.start(block, bias, biasOffset, workspace, initial);
        sum(
            stridedForm == null ? order : stridedOrder,
            stridedForm,
            band,
            reads ? (float[]) source : workspace,
            reads ? (int) groupSource + band * bands.windows() * pitch : workspaceOffset,
            reads ? sourceOffsets : copyOffsets,
            packed,
            (int) weightOffset + (block - firstBlock) * weightBlockFloats(),
            workspace,
            sums,
            initial);
        long at =
            (n * shape.groups() * targets + channel) * targetPlane
                + (long) bands.firstRow(band) * horizontal.target();
        store(
            (bands.endRow(band) - bands.firstRow(band)) * horizontal.target(),
            channels,
            workspace,
            sums,
            target,
            targetOffset + at,
            residual,
            residualOffset + at,
            targetPlane);
      }
    }
    if (strided != null) {
      strided.ran(stridedForm, since);
    }
  }

  /** Copies what a band reads of one group. */
  void copy(Object source, long sourceOffset, int band, float[] to, int toOffset, int scratch) {
    int first = band * bands.windows();
    int end = Math.min(first + bands.windows(), vertical.windows());
    int row = horizontal.source().input();
    if (inPlace && image.pitch() == row) {
      // Rows without gaps on both sides: what is read of a channel is one stretch.
      int rows = Math.min(end + vertical.reach(), vertical.source().input()) - first;
      FloatMemory.copyBlock(
          source,
          sourceOffset + (long) first * row,
          (long) vertical.source().input() * row,
          to,
          toOffset,
          image.plane(),
          sources,
          rows * row);
    } else {
      image.copy(source, sourceOffset, sources, first, end, to, toOffset, scratch);
    }
  }

  /**
   * All tiles of a band by one block of channels.
   *
   * @param strided computes them if pixels of the source are two elements apart; else null
   */
  private void sum(
      DirectSums order,
      FloatDirectKernelStrided strided,
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
    if (order.addsOnly()) {
      int pixels = (bands.endRow(band) - bands.firstRow(band)) * horizontal.target();
      FloatMemory.copyBlock(workspace, initial, 0, workspace, sums, NR, pixels, NR);
    }
    for (DirectSums.Stretch stretch : order.stretches()) {
      int[] tiles = (finite ? stretch.operandTiles() : stretch.allTiles())[band];
      // At least once: pixels without taps get their bias.
      for (int tap = 0; tap == 0 || tap < stretch.taps(); tap += stretch.cut()) {
        boolean sets = stretch.sets() && tap == 0;
        int last = Math.min(tap + stretch.cut(), stretch.taps());
        for (int t = 0; t < tiles.length; t += DirectTiles.NUMBERS) {
          int first = Math.max(tap, tiles[t + DirectTiles.FIRST_ROW] * stretch.rowTaps());
          int end = Math.min(last, tiles[t + DirectTiles.END_ROW] * stretch.rowTaps());
          if (first >= end && !sets) {
            continue;
          }
          if (strided != null) {
            strided.accumulate(
                Math.max(end - first, 0),
                offsets,
                stretch.firstTap() + first,
                from,
                fromOffset + FloatDirectKernelStrided.STEP * tiles[t + DirectTiles.FIRST],
                fromOffset + FloatDirectKernelStrided.STEP * tiles[t + DirectTiles.SECOND],
                packed,
                packedOffset + (stretch.firstTap() + first) * NR,
                workspace,
                sets ? initial : -1,
                sums + tiles[t + DirectTiles.TO_FIRST] * NR,
                sums + tiles[t + DirectTiles.TO_SECOND] * NR,
                step,
                tiles[t + DirectTiles.SKIP],
                initial + NR);
            continue;
          }
          FloatDirectKernel.ALL[tiles[t + DirectTiles.RUN] - FloatDirectKernel.SHORTEST].accumulate(
              Math.max(end - first, 0),
              offsets,
              stretch.firstTap() + first,
              from,
              fromOffset + tiles[t + DirectTiles.FIRST],
              fromOffset + tiles[t + DirectTiles.SECOND],
              packed,
              packedOffset + (stretch.firstTap() + first) * NR,
              workspace,
              sets ? initial : -1,
              sums + tiles[t + DirectTiles.TO_FIRST] * NR,
              sums + tiles[t + DirectTiles.TO_SECOND] * NR,
              step,
              tiles[t + DirectTiles.SKIP],
              initial + NR);
        }
      }
    }
  }

  /** Writes the sums of a band and finishes them, channel by channel. */
  void store(
      int pixels,
      int channels,
      float[] workspace,
      int sums,
      Object target,
      long at,
      Object residual,
      long residualAt,
      long plane) {
    FloatMemory.transposeTo(workspace, sums, NR, pixels, target, at, plane, channels);
    for (int lane = 0; lane < channels; lane++) {
      epilogue.apply(target, at + lane * plane, residual, residualAt + lane * plane, pixels);
    }
  }
}
