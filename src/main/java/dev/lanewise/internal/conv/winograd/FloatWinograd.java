// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.winograd;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.conv.FloatFilter;
import dev.lanewise.internal.simd.FloatLines;
import dev.lanewise.internal.start.Starting;

/**
 * Winograd's F(m×m, 3×3) from NCHW to NCHW, for m = 2 and m = 4: a 3×3 convolution of stride 1 with
 * 4/9 and 1/4 of the multiplications of the plain sum.
 *
 * <pre>
 *   for each band of tile rows of an image, or several small images
 *     for each group
 *       V = Bᵀ d B of all its source channels
 *       for each block of target channels
 *         for each of (m + 2)² places, for each panel of tiles: M = V · U
 *         Y = Aᵀ M A
 * </pre>
 *
 * <p>Every target element is computed from its own tile, in the same order whatever it is computed
 * with, so its bits depend on neither the batch nor the threads.
 *
 * <p>Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, CVPR 2016.
 */
public final class FloatWinograd implements FloatFilter {
  private static final Starting<FloatTileProduct> PRODUCT = FloatTileProduct.BEST;
  private static final Starting<FloatTileProduct> LOW = FloatTileProduct.LOW;
  private static final int PANEL_ROWS = PRODUCT.kernel().rows();
  private static final int LOW_ROWS = LOW.kernel().rows();
  private static final int COLUMNS = PRODUCT.kernel().columns();

  /**
   * Elements of V that are computed together, and about the most of M: a plane of 14×14 with 256
   * channels, whose weights come from beyond the second-level cache for every band.
   */
  private static final int BAND = (576 << 10) / Float.BYTES;

  private final UnitStrideShape shape;
  private final WinogradTiles tiles;
  private final FloatWinogradWeight weights;
  private final FloatWinogradSource sources;
  private final FloatWinogradTarget targets;

  private FloatWinograd(
      UnitStrideShape shape, Starting<FloatTileTransform> transform, FloatEpilogue epilogue) {
    this.shape = shape;
    int outputs = transform.kernel().outputs();
    int places = (outputs + 2) * (outputs + 2);
    tiles =
        WinogradTiles.of(
            outputs,
            shape.vertical(),
            shape.horizontal(),
            shape.batch(),
            BAND / places / Math.max(shape.sources(), COLUMNS));
    weights = new FloatWinogradWeight(shape, transform, COLUMNS);
    sources = new FloatWinogradSource(shape, tiles, transform, PANEL_ROWS);
    targets = new FloatWinogradTarget(shape, tiles, transform, COLUMNS, epilogue);
  }

  public static FloatFilter forward2(ConvShape shape, FloatEpilogue epilogue) {
    return new FloatWinograd(UnitStrideShape.forward(shape), FloatTileTransform.F2, epilogue);
  }

  public static FloatFilter forward4(ConvShape shape, FloatEpilogue epilogue) {
    return new FloatWinograd(UnitStrideShape.forward(shape), FloatTileTransform.F4, epilogue);
  }

  public static FloatFilter backwardInput2(ConvShape shape, FloatEpilogue epilogue) {
    return new FloatWinograd(UnitStrideShape.backward(shape), FloatTileTransform.F2, epilogue);
  }

  public static FloatFilter backwardInput4(ConvShape shape, FloatEpilogue epilogue) {
    return new FloatWinograd(UnitStrideShape.backward(shape), FloatTileTransform.F4, epilogue);
  }

  public static boolean appliesForward2(ConvShape shape) {
    return is3x3(shape) && fits(UnitStrideShape.forward(shape), FloatTileTransform.F2);
  }

  public static boolean appliesForward4(ConvShape shape) {
    return is3x3(shape) && fits(UnitStrideShape.forward(shape), FloatTileTransform.F4);
  }

  public static boolean appliesBackwardInput2(ConvShape shape) {
    return is3x3(shape)
        && UnitStrideShape.isBackward(shape)
        && fits(UnitStrideShape.backward(shape), FloatTileTransform.F2);
  }

  public static boolean appliesBackwardInput4(ConvShape shape) {
    return is3x3(shape)
        && UnitStrideShape.isBackward(shape)
        && fits(UnitStrideShape.backward(shape), FloatTileTransform.F4);
  }

  private static boolean is3x3(ConvShape shape) {
    return UnitStrideShape.isForward(shape)
        && is3(shape.columns().vertical())
        && is3(shape.columns().horizontal());
  }

  private static boolean is3(AxisMap axis) {
    return axis.kernel() == 3 && axis.dilation() == 1;
  }

  private static boolean fits(UnitStrideShape shape, Starting<FloatTileTransform> transform) {
    // With as many images together as any batch has: what is chosen must not depend on it.
    UnitStrideShape most = shape.withBatch(Integer.MAX_VALUE);
    FloatWinograd winograd = new FloatWinograd(most, transform, FloatEpilogue.NONE);
    return winograd.weights.floats() <= FloatFilter.MOST_PACKED_BLOCK
        && winograd.scratchFloats() <= FloatFilter.MOST_SCRATCH;
  }

  public static double rateForward2(ConvShape shape) {
    return rate(UnitStrideShape.forward(shape), FloatTileTransform.F2);
  }

  public static double rateForward4(ConvShape shape) {
    return rate(UnitStrideShape.forward(shape), FloatTileTransform.F4);
  }

  public static double rateBackwardInput2(ConvShape shape) {
    return rate(UnitStrideShape.backward(shape), FloatTileTransform.F2);
  }

  public static double rateBackwardInput4(ConvShape shape) {
    return rate(UnitStrideShape.backward(shape), FloatTileTransform.F4);
  }

  private static double rate(UnitStrideShape shape, Starting<FloatTileTransform> transform) {
    FloatWinograd winograd = new FloatWinograd(shape, transform, FloatEpilogue.NONE);
    return winograd.tiles.rate(
        shape,
        transform.kernel().lanes(),
        COLUMNS,
        LOW_ROWS,
        winograd.weights.floats() * Float.BYTES);
  }

  @Override
  public String describe() {
    return "Winograd F(%dx%d, 3x3); tiles of %dx%d channels in bands of %d of %d tile rows%s"
        .formatted(
            tiles.outputs(),
            tiles.outputs(),
            PANEL_ROWS,
            COLUMNS,
            tiles.bandRows(),
            tiles.rows(),
            tiles.images() > 1 ? ", up to %d images at a time".formatted(tiles.images()) : "");
  }

  @Override
  public int weightBlocks() {
    return shape.groups() * groupBlocks();
  }

  private int groupBlocks() {
    return Math.ceilDiv(shape.targets(), COLUMNS);
  }

  @Override
  public int weightBlockFloats() {
    return (int) weights.floats();
  }

  @Override
  public void packWeight(
      Object weight, long weightOffset, int block, float[] packed, int packedOffset) {
    int first = firstTarget(block);
    weights.pack(
        weight, weightOffset, block / groupBlocks(), first, targetsOf(first), packed, packedOffset);
  }

  private int firstTarget(int block) {
    return block % groupBlocks() * COLUMNS;
  }

  private int targetsOf(int first) {
    return Math.min(COLUMNS, shape.targets() - first);
  }

  @Override
  public int parts() {
    return shape.batch() * tiles.bands();
  }

  @Override
  public int workspaceFloats() {
    return (int) scratchFloats();
  }

  private long scratchFloats() {
    return FloatLines.LENGTH
        + sources.floats()
        + productFloats()
        + Math.max(sources.scratchFloats(), targets.scratchFloats());
  }

  /** Elements of M. */
  private long productFloats() {
    int panels = Math.ceilDiv(tiles.mostTiles(), PANEL_ROWS);
    return (long) panels * PANEL_ROWS * targets.tileFloats();
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
    int v = FloatLines.next(workspaceOffset);
    int m = v + (int) sources.floats();
    int scratch = m + (int) productFloats();
    for (int part = firstPart; part < endPart; ) {
      int image = part / tiles.bands();
      int band = part % tiles.bands();
      // Of planes of several bands one at a time.
      int images = Math.min(tiles.images(), endPart - part);
      int transformed = -1;
      for (int block = firstBlock; block < endBlock; block++) {
        int group = block / groupBlocks();
        if (group != transformed) {
          sources.transform(
              source, sourceOffset, image, images, group, band, workspace, v, scratch);
          transformed = group;
        }
        int u = (int) weightOffset + (block - firstBlock) * weightBlockFloats();
        multiply(images * tiles.tilesOf(band), packed, u, workspace, v, m);
        int first = firstTarget(block);
        targets.write(
            image,
            images,
            group,
            band,
            first,
            targetsOf(first),
            workspace,
            m,
            scratch,
            bias,
            biasOffset,
            residual,
            residualOffset,
            target,
            targetOffset);
      }
      part += images;
    }
  }

  /** M = V · U at every place. */
  private void multiply(int count, float[] packed, int u, float[] workspace, int v, int m) {
    int vPanel = (int) sources.panelFloats();
    int uPlace = (int) weights.placeFloats();
    int tile = targets.tileFloats();
    for (int place = 0; place < tiles.places(); place++) {
      for (int first = 0; first < count; first += PANEL_ROWS) {
        Starting<FloatTileProduct> product = count - first <= LOW_ROWS ? LOW : PRODUCT;
        FloatTileProduct kernel = product.kernel();
        long since = product.clock(kernel);
        kernel.multiply(
            shape.sources(),
            workspace,
            v + first / PANEL_ROWS * vPanel + place * sources.placeFloats(),
            sources.blockFloats(),
            packed,
            u + place * uPlace,
            workspace,
            m + first * tile + place * COLUMNS,
            tile);
        product.ran(kernel, since);
      }
    }
  }
}
