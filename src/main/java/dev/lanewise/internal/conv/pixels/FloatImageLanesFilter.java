// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.conv.FloatFilter;
import dev.lanewise.internal.conv.PixelAxis;
import dev.lanewise.internal.memory.FloatMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sums of {@link FloatPixelFilter}, term by term in its order, with images of the batch in the
 * lanes: for small images in large batches, whose rows end in the middle of a vector and whose
 * gradients would mostly be multiplied with zeros around them.
 *
 * <pre>
 *   for each LENGTH images
 *     transpose them: the elements of one place are a vector               (level 2 cache)
 *     for each few places of the target, for each few filters: the terms that read an element
 *     transpose the sums back
 * </pre>
 *
 * <p>No lane is lost, whatever the width, and each place of the target has its own terms: backwards
 * those with zeros around the source are left out, which changes no sum of finite weights but for
 * the sign of a zero. Forwards what surrounds an image is an operand. Places next to each other
 * make a tile, whose terms are those that any of them needs.
 *
 * <p>Images that are left over are filtered by pixels, with the same bits but for that sign.
 */
public final class FloatImageLanesFilter implements FloatFilter {
  private static final int LANES = FloatPixelTile.ALL.getFirst().lanes();

  /** What the transposed images and sums may take: half of a level 2 cache of 1 MiB and a bit. */
  private static final int MOST_FLOATS = 160 << 10;

  /** What the weights of all kinds of places may take. */
  private static final int MOST_WEIGHTS = 160 << 10;

  /** In how many multiply-adds' time an element of an image is transposed, short rows alone. */
  private static final double TRANSPOSE_SOURCE = 24;

  /** The same of a sum, which need not be kept. */
  private static final double TRANSPOSE_SUM = 12;

  /** Of a multiply-add with what is loaded for it. */
  private static final double TERM = 1.15;

  /** Of what is predicted for pixels, what images this small leave of it. */
  private static final double PIXELS_OF_SMALL = 0.85;

  private final FloatPixelFilter pixels;
  private final FloatEpilogue epilogue;
  private final boolean forward;
  private final float paddingValue;
  private final PixelAxis vertical;
  private final PixelAxis horizontal;

  /** The first row and column of a source that any place reads; negative outside. */
  private final int lowestRow;

  private final int lowestColumn;
  private final FloatPixelTile[] tiles;
  private final int batch;
  private final int groups;
  private final int channels;
  private final int filters;
  private final int kernelTaps;
  private final Plan plan;

  /** Images that fill vectors, divided by the lanes. */
  private final int blocks;

  /**
   * Places that need the same terms.
   *
   * @param begin the first of their vectors
   * @param end one more than the last
   * @param terms how many
   * @param firstShift where their shifts begin
   * @param firstRow of the kernel, in the order of the shifts, and so on
   */
  private record Kind(
      int begin,
      int end,
      int terms,
      int firstShift,
      int firstRow,
      int endRow,
      int firstColumn,
      int endColumn) {}

  /**
   * Where everything is.
   *
   * @param height rows of a transposed channel, with what surrounds them
   * @param width its columns
   * @param sourceAt the elements of the places, tile by tile
   * @param targetAt where their sums go
   * @param kinds all places
   * @param shifts the distances of the terms of all kinds
   * @param computed terms of all places
   */
  private record Plan(
      int height,
      int width,
      int[] sourceAt,
      int[] targetAt,
      Kind[] kinds,
      int[] shifts,
      long computed) {}

  /** From images to filtered images, by pixels or by images. */
  public static FloatFilter forward(ConvShape shape, FloatEpilogue epilogue) {
    return of(shape, epilogue, true);
  }

  /** From filtered images to images, by pixels or by images. */
  public static FloatFilter backwardInput(ConvShape shape, FloatEpilogue epilogue) {
    return of(shape, epilogue, false);
  }

  private static FloatFilter of(ConvShape shape, FloatEpilogue epilogue, boolean forward) {
    FloatPixelFilter pixels =
        forward
            ? FloatPixelFilter.forward(shape, epilogue)
            : FloatPixelFilter.backwardInput(shape, epilogue);
    PixelAxis vertical = PixelAxis.of(shape.columns().vertical(), forward);
    PixelAxis horizontal = PixelAxis.of(shape.columns().horizontal(), forward);
    if (!applies(shape, forward, vertical, horizontal)) {
      return pixels;
    }
    FloatImageLanesFilter images =
        new FloatImageLanesFilter(shape, epilogue, forward, vertical, horizontal, pixels);
    double byPixels =
        forward ? FloatPixelFilter.rateForward(shape) : FloatPixelFilter.rateBackwardInput(shape);
    boolean faster = images.rate() > PIXELS_OF_SMALL * byPixels;
    return faster && images.weights() <= MOST_WEIGHTS ? images : pixels;
  }

  /** Without strides, if the scratch is small enough. */
  private static boolean applies(
      ConvShape shape, boolean forward, PixelAxis vertical, PixelAxis horizontal) {
    ColumnShape columns = shape.columns();
    if (shape.batch() < LANES
        || vertical.step() * horizontal.step() * vertical.phases() * horizontal.phases() > 1
        || columns.vertical().repeatsInput()
        || columns.horizontal().repeatsInput()) {
      return false;
    }
    long channels = forward ? columns.channels() : shape.filters();
    long filters = forward ? shape.filters() : columns.channels();
    long places = (long) vertical.positions() * horizontal.positions();
    return places > 0
        && (channels * copied(vertical) * copied(horizontal) + filters * places) * LANES
            <= MOST_FLOATS;
  }

  /** Elements of an axis of a transposed channel, with what surrounds it. */
  private static long copied(PixelAxis axis) {
    int[] shifts = axis.distinctShifts();
    return axis.positions() + (long) shifts[shifts.length - 1] - shifts[0];
  }

  private FloatImageLanesFilter(
      ConvShape shape,
      FloatEpilogue epilogue,
      boolean forward,
      PixelAxis vertical,
      PixelAxis horizontal,
      FloatPixelFilter pixels) {
    this.pixels = pixels;
    this.epilogue = epilogue;
    this.forward = forward;
    this.vertical = vertical;
    this.horizontal = horizontal;
    lowestRow = vertical.distinctShifts()[0];
    lowestColumn = horizontal.distinctShifts()[0];
    ColumnShape columns = shape.columns();
    paddingValue = forward ? (float) columns.paddingValue() : 0;
    batch = shape.batch();
    groups = shape.groups();
    channels = forward ? columns.channels() : shape.filters();
    filters = forward ? shape.filters() : columns.channels();
    kernelTaps = columns.taps();
    tiles = FloatPixelTile.tiles(filters);
    blocks = batch / LANES;
    plan = plan();
  }

  /** Of tiles of one row, two rows and so on that with the fewest terms. */
  private Plan plan() {
    int vectors = Arrays.stream(tiles).mapToInt(FloatPixelTile::vectors).max().orElseThrow();
    Plan best = null;
    for (int rows = 1; rows <= vectors; rows++) {
      Plan plan = vectors % rows == 0 ? plan(rows, vectors / rows) : best;
      if (best == null || plan.computed() < best.computed()) {
        best = plan;
      }
    }
    return best;
  }

  private Plan plan(int tileRows, int tileColumns) {
    Map<List<Integer>, List<int[]>> tilesOfKind = new LinkedHashMap<>();
    for (int y = 0; y < vertical.positions(); y += tileRows) {
      int top = Math.clamp(vertical.positions() - tileRows, 0, y);
      for (int x = 0; x < horizontal.positions(); x += tileColumns) {
        int left = Math.clamp(horizontal.positions() - tileColumns, 0, x);
        List<Integer> kind =
            List.of(
                firstTap(vertical, top, tileRows),
                endTap(vertical, top, tileRows),
                firstTap(horizontal, left, tileColumns),
                endTap(horizontal, left, tileColumns));
        tilesOfKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(new int[] {top, left});
      }
    }
    int height = (int) copied(vertical);
    int width = (int) copied(horizontal);
    int count = tilesOfKind.values().stream().mapToInt(List::size).sum() * tileRows * tileColumns;
    int[] sourceAt = new int[count];
    int[] targetAt = new int[count];
    List<Kind> kinds = new ArrayList<>();
    List<Integer> shifts = new ArrayList<>();
    long computed = 0;
    int vector = 0;
    for (Map.Entry<List<Integer>, List<int[]>> entry : tilesOfKind.entrySet()) {
      int begin = vector;
      for (int[] corner : entry.getValue()) {
        for (int i = 0; i < tileRows * tileColumns; i++) {
          // An axis shorter than a tile: its last element does the work again.
          int y = Math.min(corner[0] + i / tileColumns, vertical.positions() - 1);
          int x = Math.min(corner[1] + i % tileColumns, horizontal.positions() - 1);
          sourceAt[vector] = (y * width + x) * LANES;
          targetAt[vector] = (y * horizontal.positions() + x) * LANES;
          vector++;
        }
      }
      List<Integer> k = entry.getKey();
      int first = shifts.size();
      for (int row = k.get(0); row < k.get(1); row++) {
        for (int c = 0; c < channels; c++) {
          for (int column = k.get(2); column < k.get(3); column++) {
            int down = shift(vertical, row);
            shifts.add(((c * height + down) * width + shift(horizontal, column)) * LANES);
          }
        }
      }
      int terms = shifts.size() - first;
      computed += (long) terms * (vector - begin);
      kinds.add(new Kind(begin, vector, terms, first, k.get(0), k.get(1), k.get(2), k.get(3)));
    }
    int[] table = shifts.stream().mapToInt(Integer::intValue).toArray();
    return new Plan(height, width, sourceAt, targetAt, kinds.toArray(Kind[]::new), table, computed);
  }

  /** How far a tap, by its place in the order of the sums, reads from the first element copied. */
  private static int shift(PixelAxis axis, int tap) {
    return axis.shifts()[axis.taps()[0][tap]] - axis.distinctShifts()[0];
  }

  /** The first tap, in the order of the sums, that is not left out at some positions. */
  private int firstTap(PixelAxis axis, int position, int count) {
    int tap = 0;
    while (tap < axis.taps()[0].length && isOutside(axis, tap, position, count)) {
      tap++;
    }
    return tap;
  }

  /** One more than the last tap that is not left out. */
  private int endTap(PixelAxis axis, int position, int count) {
    int end = axis.taps()[0].length;
    while (end > firstTap(axis, position, count) && isOutside(axis, end - 1, position, count)) {
      end--;
    }
    return end;
  }

  /** Whether all that a tap reads at some positions are zeros that are no operands. */
  private boolean isOutside(PixelAxis axis, int tap, int position, int count) {
    int first = position + axis.shifts()[axis.taps()[0][tap]];
    int last = first + Math.min(count, axis.positions() - position) - 1;
    return !forward && (last < 0 || first >= axis.source());
  }

  private int places() {
    return vertical.positions() * horizontal.positions();
  }

  /** Of all kinds of places. */
  private long weights() {
    return pixels.weightBlockFloats() + (long) filters * plan.shifts().length;
  }

  /** Its share of the multiply-add peak, predicted as {@link FloatPixelFilter} does. */
  private double rate() {
    double products = (double) places() * channels * kernelTaps * filters;
    double sources = (double) channels * vertical.source() * horizontal.source();
    double sums = (double) filters * places();
    return products
        / (TERM * plan.computed() * filters + TRANSPOSE_SOURCE * sources + TRANSPOSE_SUM * sums);
  }

  @Override
  public String describe() {
    return "%d images at a time in the lanes, %d kinds of places; those left over: %s"
        .formatted(LANES, plan.kinds().length, pixels.describe());
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
    return (int) weights();
  }

  /** As the pixels take them; behind that the weights of each kind, tile by tile. */
  @Override
  public void packWeight(
      Object weight, long weightOffset, int block, float[] packed, int packedOffset) {
    pixels.packWeight(weight, weightOffset, block, packed, packedOffset);
    int kernelWidth = horizontal.shifts().length;
    int to = packedOffset + pixels.weightBlockFloats();
    for (Kind kind : plan.kinds()) {
      int filter = 0;
      for (FloatPixelTile tile : tiles) {
        int first = packedOffset + filter * channels * kernelTaps;
        int length = (kind.endColumn() - kind.firstColumn()) * tile.filters();
        for (int row = kind.firstRow(); row < kind.endRow(); row++) {
          for (int c = 0; c < channels; c++) {
            int column = (row * channels + c) * kernelWidth + kind.firstColumn();
            System.arraycopy(packed, first + column * tile.filters(), packed, to, length);
            to += length;
          }
        }
        filter += tile.filters();
      }
    }
  }

  @Override
  public int parts() {
    return blocks + (batch - blocks * LANES) * partsOfImage();
  }

  private int partsOfImage() {
    return pixels.parts() / batch;
  }

  @Override
  public int workspaceFloats() {
    return Math.max(sumsAt() + filters * places() * LANES, pixels.workspaceFloats());
  }

  // The scratch: bias, transposed images and their sums.

  private int sumsAt() {
    return filters + channels * plan.height() * plan.width() * LANES;
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
    int end = Math.clamp(blocks, firstPart, endPart);
    if (firstPart < end) {
      Arrays.fill(workspace, workspaceOffset, workspaceOffset + sumsAt(), paddingValue);
    }
    for (int block = firstBlock; block < endBlock; block++) {
      int packed = (int) weightOffset + (block - firstBlock) * weightBlockFloats();
      if (bias == null) {
        Arrays.fill(workspace, workspaceOffset, workspaceOffset + filters, 0);
      } else {
        FloatMemory.copy(
            bias, biasOffset + (long) block * filters, workspace, workspaceOffset, filters);
      }
      for (int part = firstPart; part < end; part++) {
        transposed(
            source,
            sourceOffset,
            (float[]) weight,
            packed + pixels.weightBlockFloats(),
            residual,
            residualOffset,
            target,
            targetOffset,
            part * LANES,
            block,
            workspace,
            workspaceOffset);
      }
    }
    int firstOfPixels = partOfPixels(end);
    int endOfPixels = partOfPixels(endPart);
    for (int block = firstBlock; block < endBlock && firstOfPixels < endOfPixels; block++) {
      pixels.run(
          source,
          sourceOffset,
          weight,
          weightOffset + (long) (block - firstBlock) * weightBlockFloats(),
          block,
          block + 1,
          bias,
          biasOffset,
          residual,
          residualOffset,
          target,
          targetOffset,
          firstOfPixels,
          endOfPixels,
          workspace,
          workspaceOffset);
    }
  }

  /** The part of the pixels that begins where a part begins. */
  private int partOfPixels(int part) {
    int single = Math.max(part - blocks, 0);
    return Math.min(part, blocks) * LANES * partsOfImage() + single;
  }

  /** One group of the images from {@code first} on. */
  private void transposed(
      Object source,
      long sourceOffset,
      float[] weight,
      int weightOffset,
      Object residual,
      long residualOffset,
      Object target,
      long targetOffset,
      int first,
      int group,
      float[] workspace,
      int workspaceOffset) {
    int sourceGroup = channels * vertical.source() * horizontal.source();
    int targetGroup = filters * places();
    copy(
        source,
        sourceOffset + ((long) first * groups + group) * sourceGroup,
        (long) groups * sourceGroup,
        workspace,
        workspaceOffset + filters);
    int sums = workspaceOffset + sumsAt();
    int weights = weightOffset;
    for (Kind kind : plan.kinds()) {
      int filter = 0;
      for (FloatPixelTile tile : tiles) {
        tile.run(
            kind.begin(),
            kind.end(),
            plan.sourceAt(),
            plan.targetAt(),
            kind.terms(),
            plan.shifts(),
            kind.firstShift(),
            workspace,
            workspaceOffset + filters,
            weight,
            weights + filter * kind.terms(),
            workspace,
            workspaceOffset + filter,
            workspace,
            sums + filter * places() * LANES,
            places() * LANES);
        filter += tile.filters();
      }
      weights += filters * kind.terms();
    }
    long at = ((long) first * groups + group) * targetGroup;
    FloatMemory.transposeTo(
        workspace,
        sums,
        LANES,
        targetGroup,
        target,
        targetOffset + at,
        (long) groups * targetGroup,
        LANES);
    for (int i = 0; i < LANES; i++) {
      long image = at + (long) i * groups * targetGroup;
      epilogue.apply(target, targetOffset + image, residual, residualOffset + image, targetGroup);
    }
  }

  /** Rows that are whole where they go are copied channel by channel. */
  private void copy(Object from, long fromOffset, long image, float[] to, int toOffset) {
    int top = Math.max(lowestRow, 0);
    int bottom = Math.min(lowestRow + plan.height(), vertical.source());
    int left = Math.max(lowestColumn, 0);
    int right = Math.min(lowestColumn + plan.width(), horizontal.source());
    boolean whole = right - left == plan.width() && plan.width() == horizontal.source();
    int rowsAtOnce = whole ? bottom - top : 1;
    if (top >= bottom || left >= right) {
      return;
    }
    for (int c = 0; c < channels; c++) {
      for (int row = top; row < bottom; row += rowsAtOnce) {
        FloatMemory.transpose(
            from,
            fromOffset + ((long) c * vertical.source() + row) * horizontal.source() + left,
            image,
            LANES,
            to,
            toOffset
                + ((c * plan.height() + row - lowestRow) * plan.width() + left - lowestColumn)
                    * LANES,
            LANES,
            rowsAtOnce * (right - left));
      }
    }
  }
}
