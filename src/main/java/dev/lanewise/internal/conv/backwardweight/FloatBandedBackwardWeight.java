// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatBackwardWeight;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatRows;
import dev.lanewise.internal.start.Starting;

/**
 * The weight's gradient band by band: every tap's elements are copied so that they are a run of
 * memory ({@link FloatShiftedImages}), multiplied with the filtered planes, and summed in scratch
 * over the whole batch before they meet the gradient.
 *
 * <p>A band is some rows of one image or of a few that are put side by side. Images and filtered
 * planes that are such runs where they are, are not copied.
 */
abstract class FloatBandedBackwardWeight implements FloatBackwardWeight {
  final ConvShape shape;
  final ColumnShape columns;

  /** Rows of the col matrix, filled up to whole tiles. */
  final int paddedRows;

  private final Cut cut;
  private final int blocks;
  private final Block block;
  private final Block lastBlock;
  private final int[] imageTaps;

  /** Elements between what lies in scratch: the slack of a tile in front, that of copies behind. */
  private final int gap;

  /**
   * How the pass is cut.
   *
   * @param tileRows rows of the col matrix in a tile
   * @param tileFilters filters in a tile
   * @param filtersAtOnce filters whose sums are kept at the same time, whole tiles
   * @param images side by side
   * @param bandRows rows of windows
   * @param slack elements in front of every run that a tile may read
   */
  record Cut(
      int tileRows, int tileFilters, int filtersAtOnce, int images, int bandRows, int slack) {}

  /** Images side by side, how they are copied and where the copy of each row of taps is. */
  private record Block(int images, FloatShiftedImages shifted, int[] taps) {}

  FloatBandedBackwardWeight(ConvShape shape, Cut cut) {
    this.shape = shape;
    this.cut = cut;
    columns = shape.columns();
    gap = Math.max(cut.slack(), FloatRows.BEST.slack());
    paddedRows = paddedRows(shape, cut.tileRows());
    blocks = Math.ceilDiv(shape.filters(), cut.tileFilters());
    block = block(cut.images());
    int rest = shape.batch() % cut.images();
    lastBlock = rest == 0 ? block : block(rest);
    imageTaps = columns.isImage() ? imageTaps() : null;
  }

  private Block block(int images) {
    FloatShiftedImages shifted = new FloatShiftedImages(columns, images, cut.bandRows());
    int[] taps = new int[paddedRows];
    int kernelWidth = columns.horizontal().kernel();
    for (int j = 0; j < paddedRows; j++) {
      int row = presentRow(j);
      int tap = row % columns.taps();
      taps[j] =
          row / columns.taps() * shifted.channelFloats()
              + shifted.tap(tap / kernelWidth, tap % kernelWidth);
    }
    return new Block(images, shifted, taps);
  }

  /** The taps of the images themselves. */
  private int[] imageTaps() {
    int[] taps = new int[paddedRows];
    for (int j = 0; j < paddedRows; j++) {
      taps[j] = presentRow(j) * columns.plane();
    }
    return taps;
  }

  /** Rows that fill the last tile repeat the last one. */
  private int presentRow(int j) {
    return Math.min(j, columns.rows() - 1);
  }

  static int paddedRows(ConvShape shape, int tileRows) {
    return Math.ceilDiv(shape.columns().rows(), tileRows) * tileRows;
  }

  /** Elements of all copies of a band, counted without overflow. */
  static long copied(ConvShape shape, int images, int bandRows) {
    ColumnShape columns = shape.columns();
    return columns.channels() * FloatShiftedImages.channelFloats(columns, images, bandRows)
        + FloatShiftedImages.scratchFloats(columns, images, bandRows)
        + (long) shape.filters() * images * bandRows * columns.outWidth();
  }

  /** As many images as make {@code enough} windows, if their copies fit. */
  static int images(ConvShape shape, int enough, int mostCopied) {
    int windows = shape.columns().windows();
    int images = 2L * windows > enough ? 1 : Math.ceilDiv(enough, windows);
    images = Math.clamp(shape.batch(), 1, images);
    while (images > 1 && copied(shape, images, shape.columns().outHeight()) > mostCopied) {
      images--;
    }
    return images;
  }

  /** The height of at least so many equal bands whose copies fit. */
  static int bandRows(ConvShape shape, int images, int leastBands, int mostCopied) {
    int height = shape.columns().outHeight();
    int bands = Math.clamp(leastBands, 1, height);
    while (copied(shape, images, Math.ceilDiv(height, bands)) > mostCopied) {
      bands++;
    }
    return Math.ceilDiv(height, bands);
  }

  final String describeCut() {
    return "%s side by side, bands of %d rows"
        .formatted(cut.images() == 1 ? "1 image" : cut.images() + " images", cut.bandRows());
  }

  @Override
  public final int parts() {
    return shape.groups() * blocks;
  }

  @Override
  public final int workspaceFloats() {
    return sumFloats()
        + Math.max(
            finishFloats(),
            3 * gap + filteredFloats() + imageFloats() + block.shifted().scratchFloats());
  }

  private int mostPixels() {
    return cut.images() * cut.bandRows() * columns.outWidth();
  }

  private int filteredFloats() {
    return Math.min(cut.filtersAtOnce(), shape.filters()) * mostPixels();
  }

  private int imageFloats() {
    return columns.channels() * block.shifted().channelFloats();
  }

  /** Elements of the sums of {@link Cut#filtersAtOnce} filters. */
  abstract int sumFloats();

  /** Elements of scratch that {@link #finish} needs. */
  abstract int finishFloats();

  /** What multiplies filtered planes that lie in native memory, once it is fast. */
  abstract Starting<?> ofSegment();

  /**
   * Adds the products of a band to the sums.
   *
   * @param filtered an array, or native memory if {@link #ofSegment} is fast; of filter f, pixel p
   *     at filteredOffset + f·filteredStride + p
   * @param images of row j, pixel p at imagesOffset + taps[j] + p
   */
  abstract void multiply(
      int filters,
      int pixels,
      Object filtered,
      long filteredOffset,
      int filteredStride,
      float[] images,
      int imagesOffset,
      int[] taps,
      float[] workspace,
      int sums);

  /** Adds the sums to a gradient of filters × rows. */
  abstract void finish(
      int filters,
      float[] workspace,
      int sums,
      int scratch,
      Object gradWeight,
      long gradWeightOffset);

  @Override
  public final void run(
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
    for (int part = firstPart; part < endPart; ) {
      int group = part / blocks;
      int first = part % blocks;
      int count =
          Math.min(
              Math.min(cut.filtersAtOnce() / cut.tileFilters(), blocks - first), endPart - part);
      int filter = first * cut.tileFilters();
      int filters = Math.min(count * cut.tileFilters(), shape.filters() - filter);
      FloatMemory.fill(workspace, workspaceOffset, sumFloats(), 0);
      bands(
          images,
          imagesOffset + group * shape.imageGroup(),
          filtered,
          filteredOffset + group * shape.filteredGroup() + (long) filter * columns.windows(),
          filters,
          workspace,
          workspaceOffset);
      finish(
          filters,
          workspace,
          workspaceOffset,
          workspaceOffset + sumFloats(),
          gradWeight,
          gradWeightOffset + group * shape.weightGroup() + (long) filter * columns.rows());
      part += count;
    }
  }

  /** Some filters of a group over the whole batch. */
  private void bands(
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      int filters,
      float[] workspace,
      int sums) {
    for (int n = 0; n < shape.batch(); n += cut.images()) {
      Block present = n + cut.images() <= shape.batch() ? block : lastBlock;
      for (int row = 0; row < columns.outHeight(); row += cut.bandRows()) {
        band(
            present,
            images,
            imagesOffset + n * shape.image(),
            filtered,
            filteredOffset + n * shape.filtered() + (long) row * columns.outWidth(),
            filters,
            row,
            Math.min(cut.bandRows(), columns.outHeight() - row),
            workspace,
            sums);
      }
    }
  }

  private void band(
      Block present,
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      int filters,
      int row,
      int rows,
      float[] workspace,
      int sums) {
    int filteredCopy = sums + sumFloats() + gap;
    int imageCopy = filteredCopy + filteredFloats() + gap;
    int scratch = imageCopy + imageFloats() + gap;
    int pixels = present.images() * rows * columns.outWidth();
    // Whether a run is one where it is; what a tile reads in front of it may not be there.
    boolean inPlace = present.images() == 1 && pixels >= cut.slack();

    Object planes = workspace;
    long planesOffset = filteredCopy;
    int planeStride = pixels;
    Starting<?> ofSegment = inPlace && FloatMemory.isNative(filtered) ? ofSegment() : null;
    boolean waits = ofSegment != null && ofSegment.kernel() == null;
    long since = waits ? ofSegment.clock(null) : 0;
    if (inPlace && filtered instanceof float[] || ofSegment != null && !waits) {
      planes = filtered;
      planesOffset = filteredOffset;
      planeStride = columns.windows();
    } else {
      copyFiltered(present, filtered, filteredOffset, filters, rows, workspace, filteredCopy);
    }

    float[] taps = workspace;
    int tapsOffset = imageCopy;
    int[] tapsAt = present.taps();
    if (inPlace && imageTaps != null && images instanceof float[] array) {
      taps = array;
      tapsOffset = (int) imagesOffset + row * columns.outWidth();
      tapsAt = imageTaps;
    } else {
      copyImages(present, images, imagesOffset, row, rows, workspace, imageCopy, scratch);
    }

    multiply(
        filters,
        pixels,
        planes,
        planesOffset,
        planeStride,
        taps,
        tapsOffset,
        tapsAt,
        workspace,
        sums);
    if (waits) {
      ofSegment.ran(null, since);
    }
  }

  private void copyFiltered(
      Block present,
      Object filtered,
      long filteredOffset,
      int filters,
      int rows,
      float[] to,
      int toOffset) {
    int pixels = present.images() * rows * columns.outWidth();
    for (int f = 0; f < filters; f++) {
      FloatShiftedImages.copyFiltered(
          filtered,
          filteredOffset + (long) f * columns.windows(),
          shape.filtered(),
          present.images(),
          rows,
          columns.outWidth(),
          to,
          toOffset + f * pixels);
    }
  }

  private void copyImages(
      Block present,
      Object images,
      long imagesOffset,
      int row,
      int rows,
      float[] workspace,
      int imageCopy,
      int scratch) {
    for (int c = 0; c < columns.channels(); c++) {
      present
          .shifted()
          .copy(
              images,
              imagesOffset + (long) c * columns.plane(),
              shape.image(),
              row,
              rows,
              workspace,
              imageCopy + c * present.shifted().channelFloats(),
              workspace,
              scratch);
    }
  }
}
