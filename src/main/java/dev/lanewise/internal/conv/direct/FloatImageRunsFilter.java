// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.conv.FloatFilter;
import dev.lanewise.internal.memory.FloatMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sums of {@link FloatDirectFilter}, tap by tap in its order, with images of the batch as the
 * runs of its kernel instead of pixels: for small images in batches, of which each alone would read
 * all weights for few pixels, in short runs, many of their taps around the image.
 *
 * <pre>
 *   for each few images
 *     transpose them: the elements of one place are neighbours        (level 2 cache)
 *     for each NR channels of the target
 *       for each stretch of the sums, for each kc taps: the weights, for all that follows
 *         for each pixel of the target, for each tile of images: sums += image · weight
 *       for each image: transpose its sums, then the epilogue
 * </pre>
 *
 * <p>Each pixel of the target has its own kernel rows, and tap by tap its own taps: zeros around
 * the source are left out, which changes no sum of finite weights but for the sign of a zero.
 * Blocks of weights that are not finite are left to the pixels.
 */
final class FloatImageRunsFilter implements FloatFilter {
  private static final int NR = FloatDirectKernel.LANES;
  private static final int LONGEST = FloatDirectKernel.LONGEST;
  private static final int SHORTEST = FloatDirectKernel.SHORTEST;

  /** Images of a batch that are worth transposing. */
  private static final int FEWEST_IMAGES = 2 * SHORTEST;

  /** Images transposed at a time: those of a cache line of 64 bytes. */
  private static final int MOST_IMAGES = 16;

  /** Larger images fill tiles of pixels, and have little padding. */
  private static final int MOST_PIXELS = 64;

  /** Taps of an element: fewer weights stay in a level 1 cache from image to image. */
  private static final int FEWEST_TAPS = 512;

  /** What the transposed images and their sums may take. */
  private static final int MOST_FLOATS = FloatFilter.MOST_SCRATCH - 2 * NR;

  private final FloatDirectFilter pixels;
  private final FloatEpilogue epilogue;
  private final DirectAxis vertical;
  private final DirectAxis horizontal;
  private final DirectSums order;
  private final FloatDirectWeight weights;
  private final int batch;
  private final int groups;
  private final int sources;
  private final int targets;

  /** Columns of a transposed row, with those around it if pixels read them. */
  private final int width;

  /** Columns in front of the source's. */
  private final int left;

  /** Images transposed at a time, about; all parts about equal. */
  private final int together;

  /** Where taps find their elements, from the first that a pixel's windows reach. */
  private final int[] offsets;

  /** For each stretch the pixels that it sums. */
  private final Pixels[] sums;

  /**
   * Pixels of the target.
   *
   * @param from where the windows of each begin
   * @param to which they are
   * @param firstRow of the stretch's rows, the first that is no zeros
   * @param endRow one more than the last
   */
  private record Pixels(int[] from, int[] to, int[] firstRow, int[] endRow) {}

  /** The images, where there are enough of them and they are small; else the pixels. */
  static FloatFilter of(
      ConvShape shape, FloatEpilogue epilogue, boolean forward, FloatDirectFilter pixels) {
    return shape.batch() >= FEWEST_IMAGES && applies(shape, forward)
        ? new FloatImageRunsFilter(shape, epilogue, forward, pixels)
        : pixels;
  }

  private static boolean applies(ConvShape shape, boolean forward) {
    ColumnShape columns = shape.columns();
    int sources = forward ? columns.channels() : shape.filters();
    return (!forward || columns.paddingValue() == 0)
        && !columns.vertical().repeatsInput()
        && !columns.horizontal().repeatsInput()
        && sources * (long) columns.taps() >= FEWEST_TAPS
        && mostImages(shape, forward) >= FEWEST_IMAGES;
  }

  /** As many as fit the scratch; 0 if they are not small. */
  private static int mostImages(ConvShape shape, boolean forward) {
    ColumnShape columns = shape.columns();
    DirectAxis vertical = FloatDirectFilter.axis(columns.vertical(), forward);
    DirectAxis horizontal = FloatDirectFilter.axis(columns.horizontal(), forward);
    double sources = forward ? columns.channels() : shape.filters();
    long plane = (long) vertical.target() * horizontal.target();
    double floats = sources * vertical.source().input() * paddedWidth(horizontal) + plane * NR;
    return plane == 0 || plane > MOST_PIXELS
        ? 0
        : (int) Math.min(MOST_IMAGES, MOST_FLOATS / floats);
  }

  /** Columns that windows reach in front of a row; a row may begin with some that none reaches. */
  private static int columnsBefore(DirectAxis horizontal) {
    return Math.max(0, horizontal.source().before());
  }

  /** Columns of a row of the source with what any window reads around it. */
  private static int paddedWidth(DirectAxis horizontal) {
    AxisMap source = horizontal.source();
    int before = columnsBefore(horizontal);
    return before + Math.max(source.padded() - source.before(), source.input());
  }

  private FloatImageRunsFilter(
      ConvShape shape, FloatEpilogue epilogue, boolean forward, FloatDirectFilter pixels) {
    this.pixels = pixels;
    this.epilogue = epilogue;
    ColumnShape columns = shape.columns();
    vertical = FloatDirectFilter.axis(columns.vertical(), forward);
    horizontal = FloatDirectFilter.axis(columns.horizontal(), forward);
    order = pixels.order();
    weights = pixels.weights();
    batch = shape.batch();
    groups = shape.groups();
    sources = forward ? columns.channels() : shape.filters();
    targets = forward ? shape.filters() : columns.channels();
    AxisMap across = horizontal.source();
    left = order.addsOnly() ? 0 : columnsBefore(horizontal);
    width = order.addsOnly() ? across.input() : paddedWidth(horizontal);
    int parts = Math.ceilDiv(batch, mostImages(shape, forward));
    together = Math.ceilDiv(batch, parts);
    offsets = new int[sources * columns.taps()];
    sums = new Pixels[order.stretches().size()];
    place();
  }

  /** Elements from one column of a transposed row to the next. */
  private int columnStep() {
    // As the taps follow each other: neighbouring columns, or neighbouring channels.
    return order.addsOnly() ? sources * together : together;
  }

  private int channelStep() {
    return order.addsOnly() ? together : width * together;
  }

  private int rowStep() {
    return width * sources * together;
  }

  private void place() {
    int stretch = 0;
    for (int v = 0; v < vertical.phases(); v++) {
      for (int h = 0; h < horizontal.phases(); h++) {
        for (DirectAxis.Tap down : vertical.taps(v)) {
          for (DirectAxis.Tap right : horizontal.taps(h)) {
            int tap = down.kernel() * horizontal.kernel() + right.kernel();
            int at =
                (down.shift() * vertical.split() + vertical.residue(down.part())) * rowStep()
                    + (right.shift() * horizontal.split() + horizontal.residue(right.part()))
                        * columnStep();
            for (int c = 0; c < sources; c++) {
              offsets[order.place(tap) + c * order.placeStep(tap)] = at + c * channelStep();
            }
            if (order.addsOnly()) {
              sums[stretch++] = pixels(v, h, new DirectAxis.Tap[] {down}, right);
            }
          }
        }
        if (!order.addsOnly()) {
          sums[stretch++] = pixels(v, h, vertical.taps(v), null);
        }
      }
    }
  }

  /**
   * The pixels of a phase.
   *
   * @param rows those of the stretch
   * @param column what pixels for which it reads nothing are left out for; null for none
   */
  private Pixels pixels(int v, int h, DirectAxis.Tap[] rows, DirectAxis.Tap column) {
    List<int[]> found = new ArrayList<>();
    for (int y = vertical.firstWindow(v); y < vertical.endWindow(v); y++) {
      int first = 0;
      int end = rows.length;
      while (first < end && vertical.isOutside(rows[first], y)) {
        first++;
      }
      while (first < end && vertical.isOutside(rows[end - 1], y)) {
        end--;
      }
      for (int x = horizontal.firstWindow(h); x < horizontal.endWindow(h); x++) {
        boolean nothing = column != null && (first == end || horizontal.isOutside(column, x));
        if (!nothing) {
          found.add(
              new int[] {
                (y * vertical.split() - vertical.source().before()) * rowStep()
                    + (x * horizontal.split() - horizontal.source().before() + left) * columnStep(),
                vertical.element(v, y) * horizontal.target() + horizontal.element(h, x),
                first,
                end
              });
        }
      }
    }
    return new Pixels(column(found, 0), column(found, 1), column(found, 2), column(found, 3));
  }

  private static int[] column(List<int[]> rows, int column) {
    return rows.stream().mapToInt(row -> row[column]).toArray();
  }

  @Override
  public String describe() {
    return "%d images at a time as runs of pixels; %s".formatted(together, pixels.describe());
  }

  @Override
  public boolean addsZeros() {
    return pixels.addsZeros();
  }

  @Override
  public int weightBlocks() {
    return pixels.weightBlocks();
  }

  @Override
  public int weightBlockFloats() {
    return pixels.weightBlockFloats();
  }

  @Override
  public void packWeight(
      Object weight, long weightOffset, int block, float[] packed, int packedOffset) {
    pixels.packWeight(weight, weightOffset, block, packed, packedOffset);
  }

  @Override
  public void packWeights(
      Object weight,
      long weightOffset,
      int firstBlock,
      int endBlock,
      float[] packed,
      int packedOffset) {
    pixels.packWeights(weight, weightOffset, firstBlock, endBlock, packed, packedOffset);
  }

  @Override
  public int parts() {
    return Math.ceilDiv(batch, together);
  }

  @Override
  public int workspaceFloats() {
    return Math.max(initialAt() + 2 * NR, pixels.workspaceFloats());
  }

  // The scratch: transposed images, their sums, the bias of a block, a place for what is computed
  // twice.

  private int sumsAt() {
    return vertical.source().input() * rowStep();
  }

  private int plane() {
    return vertical.target() * horizontal.target();
  }

  private int initialAt() {
    return sumsAt() + together * plane() * NR;
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
    int initial = workspaceOffset + initialAt();
    for (int part = firstPart; part < endPart; part++) {
      int first = part * together;
      int images = Math.min(together, batch - first);
      int copied = -1;
      for (int block = firstBlock; block < endBlock; block++) {
        int packedAt = (int) weightOffset + (block - firstBlock) * weightBlockFloats();
        if (images < SHORTEST || !weights.isFinite(packed, packedAt)) {
          int bands = pixels.parts() / batch;
          pixels.run(
              source,
              sourceOffset,
              weight,
              packedAt,
              block,
              block + 1,
              bias,
              biasOffset,
              residual,
              residualOffset,
              target,
              targetOffset,
              first * bands,
              (first + images) * bands,
              workspace,
              workspaceOffset);
          copied = -1;
          continue;
        }
        int group = weights.group(block);
        if (group != copied) {
          copied = group;
          copy(source, sourceOffset, first, images, group, workspace, workspaceOffset);
        }
        int channels = weights.channels(block);
        int channel = group * targets + weights.firstChannel(block);
        weights.start(block, bias, biasOffset, workspace, initial);
        sum(images, packed, packedAt, workspace, workspaceOffset);
        for (int i = 0; i < images; i++) {
          long at = ((first + i) * (long) groups * targets + channel) * plane();
          int from = workspaceOffset + sumsAt() + i * plane() * NR;
          FloatMemory.transposeTo(
              workspace, from, NR, plane(), target, targetOffset + at, plane(), channels);
          epilogue.apply(
              target, targetOffset + at, residual, residualOffset + at, (long) channels * plane());
        }
      }
    }
  }

  /** Some images of a group, row by row. */
  private void copy(
      Object from, long offset, int first, int images, int group, float[] to, int toOffset) {
    if (width > horizontal.source().input()) {
      Arrays.fill(to, toOffset, toOffset + sumsAt(), 0);
    }
    int columns = horizontal.source().input();
    int rows = vertical.source().input();
    long image = (long) groups * sources * rows * columns;
    long at = offset + first * image + (long) group * sources * rows * columns;
    for (int c = 0; c < sources; c++) {
      for (int row = 0; row < rows; row++) {
        FloatMemory.transpose(
            from,
            at + ((long) c * rows + row) * columns,
            image,
            images,
            to,
            toOffset + row * rowStep() + c * channelStep() + left * columnStep(),
            columnStep(),
            columns);
      }
    }
  }

  /** All pixels of some images by one block of channels. */
  private void sum(
      int images, float[] packed, int packedOffset, float[] workspace, int workspaceOffset) {
    int to = workspaceOffset + sumsAt();
    int initial = workspaceOffset + initialAt();
    int step = plane() * NR;
    if (order.addsOnly()) {
      FloatMemory.copyBlock(workspace, initial, 0, workspace, to, NR, images * plane(), NR);
    }
    int tiles = Math.ceilDiv(images, 2 * LONGEST);
    for (int s = 0; s < sums.length; s++) {
      DirectSums.Stretch stretch = order.stretches().get(s);
      Pixels summed = sums[s];
      // At least once: pixels without taps get their bias.
      for (int tap = 0; tap == 0 || tap < stretch.taps(); tap += stretch.cut()) {
        boolean sets = stretch.sets() && tap == 0;
        int last = Math.min(tap + stretch.cut(), stretch.taps());
        for (int p = 0; p < summed.to().length; p++) {
          int firstTap = Math.max(tap, summed.firstRow()[p] * stretch.rowTaps());
          int taps = Math.min(last, summed.endRow()[p] * stretch.rowTaps()) - firstTap;
          if (taps <= 0 && !sets) {
            continue;
          }
          int done = 0;
          for (int t = 0; t < tiles; t++) {
            // As equal as can be, the longer ones first; two halves, which may overlap.
            int length = Math.ceilDiv(images - done, tiles - t);
            int run = Math.max(Math.ceilDiv(length, 2), SHORTEST);
            int second = Math.max(length - run, 0);
            int from = workspaceOffset + summed.from()[p] + done;
            int sum = to + done * step + summed.to()[p] * NR;
            FloatDirectKernel.ALL[run - SHORTEST].accumulate(
                Math.max(taps, 0),
                offsets,
                stretch.firstTap() + firstTap,
                workspace,
                from,
                from + second,
                packed,
                packedOffset + (stretch.firstTap() + firstTap) * NR,
                workspace,
                sets ? initial : -1,
                sum,
                sum + second * step,
                step,
                run - second,
                initial + NR);
            done += length;
          }
        }
      }
    }
  }
}
