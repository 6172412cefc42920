// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatBackwardWeight;
import dev.lanewise.internal.conv.FloatFilter;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.parallel.Region;
import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.simd.FloatRows;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The gradient of filters of 3×3 taps for a single channel each, plane by plane, without a copy:
 * {@link FloatDepthwiseDots} runs down the rows of the caller's arrays, or of the caller's native
 * memory. Planes whose vectors would leave the memory, and those of which one operand is in an
 * array and the other is not, take a detour through scratch.
 *
 * <p>Order of a weight's sum: the rows of a lane, columns from left to right, then the lanes,
 * neighbours first; band by band, image by image.
 *
 * <p>An element of the filtered plane whose tap reads beside the image is dropped, not multiplied
 * by zero. The difference shows where it is infinite or NaN; then so is the sum of the middle tap,
 * and the filter's gradient is computed again term by term.
 */
public final class FloatDepthwiseBackwardWeight implements FloatBackwardWeight {
  /** Rows and columns of taps. */
  private static final int SIDE = 3;

  private static final int TAPS = SIDE * SIDE;

  /** Elements of the image's rows of a band. */
  private static final int MOST_BAND = 32 << 10;

  /** Filters of a part: enough to outweigh what is done once for them. */
  private static final int FILTERS = 16;

  /** Without the vector module none of this applies, but the class is asked. */
  private static final int LENGTH = Machine.SIMD ? FloatLanes.LENGTH : 1;

  private final ConvShape shape;
  private final AxisMap vertical;
  private final AxisMap horizontal;
  private final Starting<FloatDepthwiseDots> starting;

  /** Its sizes, whichever form runs. */
  private final FloatDepthwiseDots dots;

  private final int bands;

  /** First window of each column of vectors. */
  private final int[] columns;

  /** [column·3 + tap]: the lanes of its own windows whose tap reads a pixel. */
  private final long[] kept;

  /** The same in an even number where the kernel takes two at a time: the last keeps no lane. */
  private final int[] dotColumns;

  private final long[] dotKept;

  public FloatDepthwiseBackwardWeight(ConvShape shape) {
    this.shape = shape;
    vertical = shape.columns().vertical();
    horizontal = shape.columns().horizontal();
    starting = starting(shape);
    dots = starting.kernel();
    bands = bands(shape, dots);
    int width = dots.windows();
    columns = new int[Math.ceilDiv(horizontal.output(), width)];
    kept = new long[SIDE * columns.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Math.clamp(horizontal.output() - width, 0, i * width);
      for (int tap = 0; tap < SIDE; tap++) {
        kept[i * SIDE + tap] = kept(columns[i], i * width, tap);
      }
    }
    int count =
        starting == FloatDepthwiseDots.PAIRS ? (columns.length + 1) / 2 * 2 : columns.length;
    dotColumns = Arrays.copyOf(columns, count);
    dotKept = Arrays.copyOf(kept, SIDE * count);
  }

  /** Whether windows reach at most one element beyond the image, which reads zero. */
  public static boolean applies(ConvShape shape) {
    ColumnShape columns = shape.columns();
    AxisMap v = columns.vertical();
    AxisMap h = columns.horizontal();
    return Machine.SIMD
        && Machine.FMA
        && shape.filters() == 1
        && columns.channels() == 1
        && Double.compare(columns.paddingValue(), 0) == 0
        && v.stride() == h.stride()
        && applies(v)
        && applies(h)
        && v.output() >= starting(shape).kernel().leastRows()
        && Math.max(columns.plane(), columns.windows()) <= Integer.MAX_VALUE / 2
        && scratchFloats(shape) <= FloatFilter.MOST_SCRATCH;
  }

  private static boolean applies(AxisMap axis) {
    return axis.kernel() == SIDE
        && axis.dilation() == 1
        && axis.stride() <= 2
        && axis.output() > 0
        && axis.before() <= 1
        && axis.unpadded(SIDE - 1, axis.output() - 1) <= axis.input()
        && !axis.repeatsInput();
  }

  /** The share of the multiply-add peak to expect. */
  public static double rate(ConvShape shape) {
    ColumnShape columns = shape.columns();
    double width = columns.outWidth();
    FloatDepthwiseDots dots = starting(shape).kernel();
    double lanes = dots.windows();
    double used = width / (Math.ceil(width / lanes) * lanes);
    double reach = dots.step() == 1 ? 0.8 : 0.3;
    return reach * used * columns.outHeight() / (columns.outHeight() + 8);
  }

  private static Starting<FloatDepthwiseDots> starting(ConvShape shape) {
    if (shape.columns().vertical().stride() > 1) {
      return FloatDepthwiseDots.STRIDED;
    }
    return shape.columns().outWidth() > LENGTH && Machine.REGISTERS >= 32
        ? FloatDepthwiseDots.PAIRS
        : FloatDepthwiseDots.UNIT;
  }

  /** Bands of rows, about equal. */
  private static int bands(ConvShape shape, FloatDepthwiseDots dots) {
    AxisMap v = shape.columns().vertical();
    long elements = (long) v.output() * v.stride() * shape.columns().horizontal().input();
    int fewest = Math.ceilDiv(v.output(), LoopStrip.MOST);
    return Math.clamp(elements / MOST_BAND, fewest, v.output() / dots.leastRows());
  }

  /** The lanes of a column that begins at one window and is to leave out those before another. */
  private long kept(int first, int own, int tap) {
    long lanes = 0;
    for (int lane = 0; lane < LENGTH; lane += dots.step()) {
      int window = first + lane / dots.step();
      int element = horizontal.unpadded(tap, window);
      if (window >= own
          && window < horizontal.output()
          && element >= 0
          && element < horizontal.input()) {
        lanes |= 1L << lane;
      }
    }
    return lanes;
  }

  @Override
  public String describe() {
    return "depthwise 3x3, rows in place, pixels in the lanes: %d columns of %d, %d bands"
        .formatted(columns.length, dots.windows(), bands);
  }

  @Override
  public int parts() {
    return shape.batch() == 0 ? 0 : Math.ceilDiv(shape.groups(), FILTERS);
  }

  @Override
  public int workspaceFloats() {
    return (int) scratchFloats(shape);
  }

  // The scratch: sums and what is written behind them; the image's rows of a band between what
  // vectors read in front of and behind them; the filtered rows and what vectors read behind them.

  private static long scratchFloats(ConvShape shape) {
    return imageAt() + imageFloats(shape) + filteredFloats(shape);
  }

  private static int imageAt() {
    return FILTERS * TAPS + LENGTH;
  }

  private static int mostRows(ConvShape shape) {
    return Math.ceilDiv(shape.columns().outHeight(), bands(shape, starting(shape).kernel()));
  }

  private static long imageFloats(ConvShape shape) {
    ColumnShape columns = shape.columns();
    long rows = (mostRows(shape) - 1L) * columns.vertical().stride() + SIDE;
    return 1 + rows * columns.horizontal().input() + LENGTH + SIDE;
  }

  private static long filteredFloats(ConvShape shape) {
    return (long) mostRows(shape) * shape.columns().outWidth() + LENGTH;
  }

  @Override
  public void run(
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      Object gradWeight,
      long gradWeightOffset,
      boolean overwrites,
      int firstPart,
      int endPart,
      float[] workspace,
      int workspaceOffset) {
    for (int part = firstPart; part < endPart; part++) {
      int first = part * FILTERS;
      int end = Math.min(first + FILTERS, shape.groups());
      int sums = (end - first) * TAPS;
      Arrays.fill(workspace, workspaceOffset, workspaceOffset + sums, 0);
      for (int n = 0; n < shape.batch(); n++) {
        for (int band = 0; band < bands; band++) {
          band(
              images,
              imagesOffset,
              filtered,
              filteredOffset,
              (long) n * shape.groups() + first,
              end - first,
              band,
              workspace,
              workspaceOffset);
        }
      }
      if (!FloatRows.BEST.isFinite(workspace, workspaceOffset, sums)) {
        for (int group = first; group < end; group++) {
          int at = workspaceOffset + (group - first) * TAPS;
          if (!FloatRows.BEST.isFinite(workspace, at, TAPS)) {
            termByTerm(images, imagesOffset, filtered, filteredOffset, group, workspace, at);
          }
        }
      }
      FloatMemory.add(
          workspace, workspaceOffset, gradWeight, gradWeightOffset + (long) first * TAPS, sums);
    }
  }

  /** Adds the products of a band of neighbouring planes. */
  private void band(
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      long firstPlane,
      int planes,
      int band,
      float[] workspace,
      int workspaceOffset) {
    int first = Region.share(vertical.output(), band, bands);
    int rows = Region.share(vertical.output(), band + 1, bands) - first;
    int firstRead = Math.max(vertical.unpadded(0, first), 0);
    int endRead = Math.min(vertical.unpadded(SIDE, first + rows - 1), vertical.input());
    int imageCount = (endRead - firstRead) * horizontal.input();
    int filteredCount = rows * horizontal.output();
    long imagePlane = shape.columns().plane();
    long filteredPlane = shape.columns().windows();
    Starting<FloatDepthwiseDotsOfSegments> ofSegments =
        FloatMemory.isNative(images) && FloatMemory.isNative(filtered)
            ? FloatDepthwiseDotsOfSegments.of(shape.columns().vertical().stride())
            : null;
    FloatDepthwiseDotsOfSegments nativeForm = ofSegments == null ? null : ofSegments.kernel();
    long since = ofSegments == null ? 0 : ofSegments.clock(nativeForm);
    for (int p = 0; p < planes; ) {
      long imageAt =
          imagesOffset + (firstPlane + p) * imagePlane + (long) firstRead * horizontal.input();
      long filteredAt =
          filteredOffset + (firstPlane + p) * filteredPlane + (long) first * horizontal.output();
      int count = planes - p;
      if (!fits(images, imageAt, (count - 1) * imagePlane + imageCount)
          || !fits(filtered, filteredAt, (count - 1) * filteredPlane + filteredCount)) {
        count = 1;
      }
      boolean imageFits = fits(images, imageAt, (count - 1) * imagePlane + imageCount);
      boolean filteredFits =
          fits(filtered, filteredAt, (count - 1) * filteredPlane + filteredCount);
      boolean bothInPlace = nativeForm != null && imageFits && filteredFits;
      boolean imageInPlace = bothInPlace || images instanceof float[] && imageFits;
      boolean filteredInPlace = bothInPlace || filtered instanceof float[] && filteredFits;
      if (!imageInPlace || !filteredInPlace) {
        count = 1;
      }
      int imageScratch = workspaceOffset + imageAt() + 1;
      int filteredScratch = workspaceOffset + imageAt() + (int) imageFloats(shape);
      if (!imageInPlace) {
        FloatMemory.copy(images, imageAt, workspace, imageScratch, imageCount);
      }
      if (!filteredInPlace) {
        FloatMemory.copy(filtered, filteredAt, workspace, filteredScratch, filteredCount);
      }
      planes(
          count,
          first,
          rows,
          bothInPlace ? nativeForm : null,
          imageInPlace ? images : workspace,
          imageInPlace ? imageAt : imageScratch,
          filteredInPlace ? filtered : workspace,
          filteredInPlace ? filteredAt : filteredScratch,
          workspace,
          workspaceOffset + p * TAPS);
      p += count;
    }
    if (ofSegments != null) {
      ofSegments.ran(nativeForm, since);
    }
  }

  /** Whether vectors may reach beyond both ends. */
  private static boolean fits(Object memory, long at, long count) {
    return at > 0 && at + count + LENGTH + SIDE <= FloatMemory.length(memory);
  }

  /**
   * A band of planes.
   *
   * @param nativeForm what runs if the planes are native; null if they are in arrays
   * @param imageOffset the first row inside the plane that the band reads
   */
  private void planes(
      int count,
      int first,
      int rows,
      FloatDepthwiseDotsOfSegments nativeForm,
      Object image,
      long imageOffset,
      Object filtered,
      long filteredOffset,
      float[] sums,
      int sumsOffset) {
    int pitch = horizontal.input();
    int outPitch = horizontal.output();
    int top = vertical.unpadded(0, first);
    int bottom = vertical.unpadded(SIDE - 1, first + rows - 1);
    int shift = horizontal.unpadded(0, 0);
    int zeroCount = pitch + LENGTH + SIDE;
    Object zeros =
        nativeForm == null ? FloatZeros.atLeast(zeroCount) : FloatNativeZeros.atLeast(zeroCount);
    // The row that the first taps read, whether or not it is inside the plane.
    long aboveAt = imageOffset + (long) (top - Math.max(top, 0)) * pitch + shift;
    long imageAt = aboveAt + pitch;
    long belowAt = aboveAt + (long) (bottom - top) * pitch;
    long plane = shape.columns().plane();
    long filteredPlane = shape.columns().windows();
    boolean isTop = top < 0;
    boolean isBottom = bottom >= vertical.input();
    Object aboveRow = isTop ? zeros : image;
    Object belowRow = isBottom ? zeros : image;
    FloatDepthwiseDots form = starting.kernel();
    long since = starting.clock(form);
    if (nativeForm == null) {
      form.run(
          count,
          rows,
          dotColumns,
          dotKept,
          (float[]) aboveRow,
          isTop ? 0 : (int) aboveAt,
          isTop ? 0 : (int) plane,
          (float[]) image,
          (int) imageAt,
          pitch,
          (int) plane,
          (float[]) belowRow,
          isBottom ? 0 : (int) belowAt,
          isBottom ? 0 : (int) plane,
          (float[]) filtered,
          (int) filteredOffset,
          outPitch,
          (int) filteredPlane,
          sums,
          sumsOffset);
    } else {
      nativeForm.run(
          count,
          rows,
          columns,
          kept,
          (MemorySegment) aboveRow,
          isTop ? 0 : aboveAt,
          isTop ? 0 : plane,
          (MemorySegment) image,
          imageAt,
          pitch,
          plane,
          (MemorySegment) belowRow,
          isBottom ? 0 : belowAt,
          isBottom ? 0 : plane,
          (MemorySegment) filtered,
          filteredOffset,
          outPitch,
          filteredPlane,
          sums,
          sumsOffset);
    }
    if (nativeForm == null) {
      starting.ran(form, since);
    }
  }

  /** One filter's gradient as its definition says. */
  private void termByTerm(
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      int group,
      float[] sums,
      int sumsOffset) {
    for (int tap = 0; tap < TAPS; tap++) {
      float sum = 0;
      for (int n = 0; n < shape.batch(); n++) {
        long plane = (long) n * shape.groups() + group;
        long image = imagesOffset + plane * shape.columns().plane();
        long gradient = filteredOffset + plane * shape.columns().windows();
        for (int y = 0; y < vertical.output(); y++) {
          int row = vertical.source(tap / SIDE, y);
          for (int x = 0; x < horizontal.output(); x++) {
            int column = horizontal.source(tap % SIDE, x);
            float pixel =
                row == AxisMap.OUTSIDE || column == AxisMap.OUTSIDE
                    ? 0
                    : FloatMemory.get(images, image + (long) row * horizontal.input() + column);
            sum += pixel * FloatMemory.get(filtered, gradient++);
          }
        }
      }
      sums[sumsOffset + tap] = sum;
    }
  }
}
