// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.conv.FloatFilter;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * Filters of 3×3 taps that read a single channel, plane by plane, without a copy: neighbouring
 * pixels are in the lanes, and a {@link FloatDepthwiseKernel} runs down the rows of the caller's
 * arrays, or of the caller's native memory. What lies beside a row is masked, what lies above and
 * below is a row of zeros.
 *
 * <p>Vectors reach beyond a plane. Where that would leave the memory, or touch what another thread
 * writes, and where source and target are of different kinds, the plane takes a detour through
 * scratch.
 *
 * <p>Forwards a position is a window. Backwards it is an element of the image, which meets the taps
 * of the turned filter; with stride 2 it is an element of the filtered image, which makes four of
 * the image.
 */
public final class FloatDepthwiseFilter implements FloatFilter {
  /** Rows and columns of taps. */
  private static final int TAPS = 3;

  /** Filters in a block of the weight: one copy for all of them. */
  private static final int BLOCK = 8;

  /** Elements of the source's rows of a band. */
  private static final int MOST_BAND = 64 << 10;

  /** Elements of planes that are computed before their epilogue. */
  private static final int MOST_TOGETHER = 2 << 10;

  /**
   * Whether a channel may have several filters. Here a vector of sums costs three loads, in a tile
   * of few filters and pixels more: with 16 registers this is up to 1.6 times as fast, with 32
   * larger tiles are.
   */
  private static final boolean SHARES_CHANNELS = Machine.REGISTERS < 32;

  /** Without the vector module none of this applies, but the class is asked. */
  private static final int LENGTH = Machine.SIMD ? FloatLanes.LENGTH : 1;

  /** What lies above and below a plane in an array. */
  private static final float[] ZEROS = new float[2 * LENGTH + TAPS];

  private final boolean forward;
  private final FloatEpilogue epilogue;
  private final Starting<FloatDepthwiseKernel> starting;

  /** Its sizes, whichever form runs. */
  private final FloatDepthwiseKernel kernel;

  /** Whether two columns go together where it is fast: there are two, and registers for it. */
  private final boolean takesPairs;

  private final Axis vertical;
  private final Axis horizontal;

  /** Channels of the target. */
  private final int targets;

  /** Filters of each channel of the source. */
  private final int filters;

  private final int bandRows;
  private final int bands;
  private final int parts;

  /** Whether the filter is turned round. */
  private final boolean turned;

  /** First position of each column of vectors. */
  private final int[] columns;

  /** Lanes of each whose taps lie inside a row, as the kernel wants them. */
  private final long[] left;

  private final long[] right;

  /**
   * One axis.
   *
   * @param source elements of the source
   * @param target elements of the target
   * @param positions positions
   * @param step source elements from one to the next
   * @param shift the element that the first tap reads at position 0: −1 or 0
   */
  private record Axis(int source, int target, int positions, int step, int shift) {
    /** The element that the last tap reads at the last position: at most one behind the source. */
    int last() {
      return (positions - 1) * step + shift + TAPS - 1;
    }
  }

  private FloatDepthwiseFilter(ConvShape shape, FloatEpilogue epilogue, boolean forward) {
    this.forward = forward;
    this.epilogue = epilogue;
    starting = starting(shape, forward);
    kernel = starting.kernel();
    vertical = axis(shape.columns().vertical(), forward);
    horizontal = axis(shape.columns().horizontal(), forward);
    filters = shape.filters();
    targets = shape.groups() * filters;
    turned = !forward && kernel.targetStep() == 1;
    bandRows = bandRows(kernel, vertical, horizontal);
    bands = Math.ceilDiv(vertical.positions(), bandRows);
    parts = shape.batch() * bands;
    int width = kernel.positions();
    int count = Math.ceilDiv(horizontal.positions(), width);
    columns = new int[count];
    left = new long[count];
    right = new long[count];
    for (int i = 0; i < count; i++) {
      columns[i] = Math.clamp(horizontal.positions() - width, 0, i * width);
      left[i] = inside(columns[i], 0);
      right[i] = inside(columns[i], TAPS - 1);
    }
    boolean unit = kernel.sourceStep() == 1 && kernel.targetStep() == 1;
    takesPairs = unit && count > 1 && Machine.REGISTERS >= 32;
  }

  /** From images to filtered images. */
  public static FloatDepthwiseFilter forward(ConvShape shape, FloatEpilogue epilogue) {
    return new FloatDepthwiseFilter(shape, epilogue, true);
  }

  /** From filtered images to images. */
  public static FloatDepthwiseFilter backwardInput(ConvShape shape, FloatEpilogue epilogue) {
    return new FloatDepthwiseFilter(shape, epilogue, false);
  }

  public static boolean appliesForward(ConvShape shape) {
    return Double.compare(shape.columns().paddingValue(), 0) == 0 && applies(shape, true);
  }

  public static boolean appliesBackwardInput(ConvShape shape) {
    return applies(shape, false);
  }

  /** Windows that reach at most one element beyond the image, which reads zero. */
  private static boolean applies(ConvShape shape, boolean forward) {
    ColumnShape columns = shape.columns();
    AxisMap v = columns.vertical();
    AxisMap h = columns.horizontal();
    if (!Machine.SIMD
        || !Machine.FMA
        || shape.filters() > 1 && !(forward && SHARES_CHANNELS)
        || columns.channels() != 1
        || v.stride() != h.stride()
        || forward && v.stride() == 2 && !Machine.MASKED_MEMORY
        || !applies(v, forward)
        || !applies(h, forward)
        || Math.max(shape.imageGroup(), shape.filteredGroup()) > Integer.MAX_VALUE / 2) {
      return false;
    }
    FloatDepthwiseKernel kernel = starting(shape, forward).kernel();
    Axis vertical = axis(v, forward);
    Axis horizontal = axis(h, forward);
    int rows = bandRows(kernel, vertical, horizontal);
    boolean fewRows = forward && v.stride() == 2 || rows <= LoopStrip.MOST;
    return fewRows
        && vertical.target() * (long) horizontal.target() >= 2 * targetLanes(kernel)
        && sourceFloats(vertical, horizontal, rows) + targetFloats(kernel, horizontal, rows)
            <= FloatFilter.MOST_SCRATCH;
  }

  private static boolean applies(AxisMap axis, boolean forward) {
    if (axis.kernel() != TAPS
        || axis.dilation() != 1
        || axis.stride() > 2
        || axis.output() == 0
        || axis.repeatsInput()) {
      return false;
    }
    if (!forward && axis.stride() == 2) {
      return axis.before() == 1 && axis.input() == 2 * axis.output();
    }
    Axis along = axis(axis, forward);
    return along.shift() >= -1 && along.shift() <= 0 && along.last() <= along.source();
  }

  private static Starting<FloatDepthwiseKernel> starting(ConvShape shape, boolean forward) {
    if (shape.columns().vertical().stride() == 1) {
      return FloatDepthwiseKernel.UNIT;
    }
    return forward ? FloatDepthwiseKernel.STRIDED : FloatDepthwiseKernel.PHASES;
  }

  /** What runs from one memory to another; null if nothing does where they lie. */
  private Starting<FloatDepthwiseKernelInSegments> inSegments(Object source, Object target) {
    if (kernel.sourceStep() > 1 || !FloatMemory.isNative(source) || !FloatMemory.isNative(target)) {
      return null;
    }
    return kernel.targetStep() == 1
        ? FloatDepthwiseKernelInSegments.UNIT
        : FloatDepthwiseKernelInSegments.PHASES;
  }

  private static Axis axis(AxisMap axis, boolean forward) {
    if (forward) {
      return new Axis(axis.input(), axis.output(), axis.output(), axis.stride(), -axis.before());
    }
    return axis.stride() == 1
        ? new Axis(axis.output(), axis.input(), axis.input(), 1, axis.before() - TAPS + 1)
        : new Axis(axis.output(), axis.input(), axis.output(), 1, -1);
  }

  /** Rows of positions of a band; all bands about equal. Narrow planes are not cut. */
  private static int bandRows(FloatDepthwiseKernel kernel, Axis vertical, Axis horizontal) {
    if (horizontal.positions() < kernel.positions()) {
      return vertical.positions();
    }
    long row = (long) vertical.step() * kernel.targetStep() * horizontal.source();
    int rows = Math.clamp(MOST_BAND / row, 1, Math.min(vertical.positions(), LoopStrip.MOST));
    return Math.ceilDiv(vertical.positions(), Math.ceilDiv(vertical.positions(), rows));
  }

  /** The share of the multiply-add peak to expect. */
  public static double rateForward(ConvShape shape) {
    return rate(shape, true);
  }

  /** The share of the multiply-add peak to expect. */
  public static double rateBackwardInput(ConvShape shape) {
    return rate(shape, false);
  }

  /**
   * Lanes that are used, rows that outweigh the start of a column. With 16 registers the bounds
   * that are checked in each row weigh twice as much, for the vectors are half as long.
   */
  private static double rate(ConvShape shape, boolean forward) {
    FloatDepthwiseKernel kernel = starting(shape, forward).kernel();
    Axis vertical = axis(shape.columns().vertical(), forward);
    Axis horizontal = axis(shape.columns().horizontal(), forward);
    double width = horizontal.positions();
    double used = width / (Math.ceil(width / kernel.positions()) * kernel.positions());
    double unit = Machine.REGISTERS < 32 ? 0.7 : 0.85;
    double reach = kernel.sourceStep() == 1 && kernel.targetStep() == 1 ? unit : 0.3;
    return reach * used * vertical.positions() / (vertical.positions() + 3);
  }

  /** The lanes of a column in which a tap lies inside the source. */
  private long inside(int position, int tap) {
    long lanes = FloatDepthwiseKernel.ALL_LANES;
    for (int lane = 0; lane < LENGTH; lane++) {
      int element = position * horizontal.step() + horizontal.shift() + lane + tap;
      if (element < 0 || element >= horizontal.source()) {
        lanes &= ~(1L << lane);
      }
    }
    return lanes;
  }

  private static int targetLanes(FloatDepthwiseKernel kernel) {
    return kernel.positions() * kernel.targetStep();
  }

  @Override
  public String describe() {
    return "depthwise 3x3, rows in place, pixels in the lanes: %d columns of %d, bands of %d of %d rows"
        .formatted(columns.length, kernel.positions(), bandRows, vertical.positions());
  }

  @Override
  public boolean addsZeros() {
    return !forward;
  }

  @Override
  public boolean preparesSource() {
    return false;
  }

  @Override
  public int weightBlocks() {
    return Math.ceilDiv(targets, BLOCK);
  }

  @Override
  public int weightBlockFloats() {
    return BLOCK * TAPS * TAPS;
  }

  /** The filters as they are. */
  @Override
  public void packWeight(
      Object weight, long weightOffset, int block, float[] packed, int packedOffset) {
    int count = Math.min(BLOCK, targets - block * BLOCK);
    long from = weightOffset + (long) block * weightBlockFloats();
    FloatMemory.copy(weight, from, packed, packedOffset, count * TAPS * TAPS);
  }

  @Override
  public int parts() {
    return parts;
  }

  @Override
  public int workspaceFloats() {
    return (int)
        (sourceFloats(vertical, horizontal, bandRows) + targetFloats(kernel, horizontal, bandRows));
  }

  // The scratch: the source's rows of a band between what vectors read in front of and behind
  // them, then the target's and what is written behind them.

  private static long sourceFloats(Axis vertical, Axis horizontal, int rows) {
    return ((rows - 1L) * vertical.step() + TAPS) * horizontal.source() + 1 + LENGTH + TAPS;
  }

  private static long targetFloats(FloatDepthwiseKernel kernel, Axis horizontal, int rows) {
    return (long) rows * kernel.targetStep() * horizontal.target() + LENGTH * kernel.targetStep();
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
    int firstPlane = firstBlock * BLOCK;
    int endPlane = Math.min(endBlock * BLOCK, targets);
    long sourcePlane = (long) vertical.source() * horizontal.source();
    long targetPlane = (long) vertical.target() * horizontal.target();
    int results = workspaceOffset + (int) sourceFloats(vertical, horizontal, bandRows);
    // Lanes behind the end of a row may fall on the next plane, if this thread writes it next.
    int lastInPlace = horizontal.target() < targetLanes(kernel) ? endPlane - 1 : endPlane;
    Starting<FloatDepthwiseKernelInSegments> inSegments = inSegments(source, target);
    FloatDepthwiseKernelInSegments nativeForm = inSegments == null ? null : inSegments.kernel();
    long since = inSegments == null ? 0 : inSegments.clock(nativeForm);
    int together = bands > 1 ? 1 : Math.clamp(MOST_TOGETHER / targetPlane, 1, BLOCK);
    for (int part = firstPart; part < endPart; part++) {
      int first = part % bands * bandRows;
      int rows = Math.min(bandRows, vertical.positions() - first);
      int firstRead = Math.max(first * vertical.step() + vertical.shift(), 0);
      int endRead =
          Math.min(
              (first + rows - 1) * vertical.step() + vertical.shift() + TAPS, vertical.source());
      long before = (long) first * kernel.targetStep() * horizontal.target();
      for (int next = firstPlane; next < endPlane; ) {
        long plane = (long) (part / bands) * targets + next;
        long sourceAt =
            sourceOffset + plane / filters * sourcePlane + (long) firstRead * horizontal.source();
        long targetAt = targetOffset + plane * targetPlane + before;
        int count = Math.min(together, lastInPlace - next);
        long sourceEnd =
            sourceAt
                + (plane % filters + count - 1) / filters * sourcePlane
                + (long) (endRead - firstRead) * horizontal.source()
                + LENGTH
                + TAPS;
        boolean sourceFits = count > 0 && sourceAt > 0 && sourceEnd <= FloatMemory.length(source);
        boolean bothInPlace = nativeForm != null && sourceFits;
        boolean sourceInPlace = bothInPlace || source instanceof float[] && sourceFits;
        boolean targetInPlace = bothInPlace || target instanceof float[] && count > 0;
        if (!sourceInPlace || !targetInPlace) {
          count = 1;
        }
        if (!sourceInPlace) {
          FloatMemory.copy(
              source,
              sourceAt,
              workspace,
              workspaceOffset + 1,
              (endRead - firstRead) * horizontal.source());
        }
        planes(
            count,
            (int) (plane % filters),
            first,
            rows,
            bothInPlace ? nativeForm : null,
            sourceInPlace ? source : workspace,
            sourceInPlace ? sourceAt : workspaceOffset + 1,
            (float[]) weight,
            (int) weightOffset + (next - firstPlane) * TAPS * TAPS,
            bias,
            biasOffset + next,
            targetInPlace ? target : workspace,
            targetInPlace ? targetAt : results);
        int written = rows * kernel.targetStep() * horizontal.target();
        if (!targetInPlace) {
          FloatMemory.copy(workspace, results, target, targetAt, written);
        }
        epilogue.apply(
            target,
            targetAt,
            residual,
            residualOffset + plane * targetPlane + before,
            (count - 1) * targetPlane + written);
        next += count;
      }
    }
    if (inSegments != null) {
      inSegments.ran(nativeForm, since);
    }
  }

  /**
   * A band of neighbouring planes of the target, one behind the other.
   *
   * @param filter of the first plane, among those of its channel
   * @param nativeForm what runs if source and target are native; null if they are arrays
   * @param sourceOffset the first row inside the plane that the band reads
   */
  private void planes(
      int count,
      int filter,
      int first,
      int rows,
      FloatDepthwiseKernelInSegments nativeForm,
      Object source,
      long sourceOffset,
      float[] weight,
      int weightOffset,
      Object bias,
      long biasOffset,
      Object target,
      long targetOffset) {
    int pitch = horizontal.source();
    int targetPitch = horizontal.target();
    long sourcePlane = (long) vertical.source() * pitch;
    long targetPlane = (long) vertical.target() * targetPitch;
    int top = first * vertical.step() + vertical.shift();
    int bottom = top + (rows - 1) * vertical.step() + TAPS - 1;
    Object zeros = nativeForm == null ? ZEROS : FloatNativeZeros.atLeast(ZEROS.length);
    Object aboveRow = top >= 0 ? source : zeros;
    Object belowRow = bottom < vertical.source() ? source : zeros;
    int weightStep = turned ? -1 : 1;
    int weightAt = turned ? weightOffset + TAPS * TAPS - 1 : weightOffset;
    // The row that the first taps read, whether or not it is inside the plane.
    long above = sourceOffset + (long) (top - Math.max(top, 0)) * pitch;
    long below = above + (long) (bottom - top) * pitch;
    FloatDepthwiseKernel form = starting.kernel();
    boolean isNative = nativeForm != null;
    FloatDepthwisePair pair = takesPairs && !isNative ? FloatDepthwisePair.UNIT.kernel() : null;
    FloatDepthwisePairInSegments nativePair =
        takesPairs && isNative ? FloatDepthwisePairInSegments.UNIT.kernel() : null;
    boolean pairIsFast = pair != null || nativePair != null;
    Starting<?> waiting = null;
    if (takesPairs && !pairIsFast) {
      waiting = isNative ? FloatDepthwisePairInSegments.UNIT : FloatDepthwisePair.UNIT;
    }
    long since = starting.clock(form);
    long sincePair = waiting == null ? 0 : waiting.clock(null);
    for (int p = 0; p < count; p++) {
      float start = bias == null ? 0 : FloatMemory.get(bias, biasOffset + p);
      int taps = weightAt + p * TAPS * TAPS;
      long plane = (filter + p) / filters * sourcePlane;
      int together;
      for (int i = 0; i < columns.length; i += together) {
        together = pairIsFast && i + 1 < columns.length ? 2 : 1;
        long shift = plane + columns[i] * horizontal.step() + horizontal.shift();
        long aboveAt = aboveRow == zeros ? 0 : above + shift;
        long belowAt = belowRow == zeros ? 0 : below + shift;
        long sourceAt = above + pitch + shift;
        long targetAt = targetOffset + p * targetPlane + columns[i] * kernel.targetStep();
        if (together == 2 && isNative) {
          nativePair.run(
              rows,
              (MemorySegment) aboveRow,
              aboveAt,
              (MemorySegment) source,
              sourceAt,
              pitch,
              (MemorySegment) belowRow,
              belowAt,
              columns[i + 1] - columns[i],
              left[i],
              right[i + 1],
              weight,
              taps,
              weightStep,
              start,
              (MemorySegment) target,
              targetAt,
              targetPitch);
        } else if (together == 2) {
          pair.run(
              rows,
              (float[]) aboveRow,
              (int) aboveAt,
              (float[]) source,
              (int) sourceAt,
              pitch,
              (float[]) belowRow,
              (int) belowAt,
              columns[i + 1] - columns[i],
              left[i],
              right[i + 1],
              weight,
              taps,
              weightStep,
              start,
              (float[]) target,
              (int) targetAt,
              targetPitch);
        } else if (!isNative) {
          form.run(
              rows,
              (float[]) aboveRow,
              (int) aboveAt,
              (float[]) source,
              (int) sourceAt,
              pitch,
              (float[]) belowRow,
              (int) belowAt,
              left[i],
              right[i],
              weight,
              taps,
              weightStep,
              start,
              (float[]) target,
              (int) targetAt,
              targetPitch);
        } else {
          nativeForm.run(
              rows,
              (MemorySegment) aboveRow,
              aboveAt,
              (MemorySegment) source,
              sourceAt,
              pitch,
              (MemorySegment) belowRow,
              belowAt,
              left[i],
              right[i],
              weight,
              taps,
              weightStep,
              start,
              (MemorySegment) target,
              targetAt,
              targetPitch);
        }
      }
    }
    if (!isNative) {
      starting.ran(form, since);
    }
    if (waiting != null) {
      waiting.ran(null, sincePair);
    }
  }
}
