// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.gemm.Blocking;
import dev.lanewise.internal.gemm.FloatMacrokernel;
import dev.lanewise.internal.gemm.FloatRowPanels;
import java.util.Arrays;

/**
 * Any shape: a block of the col matrix is computed as weightᵀ · filtered and added to the image
 * before the next one takes its place.
 *
 * <pre>
 *   for each mc rows of the col matrix
 *     pack weightᵀ: mc × filters
 *     for each image, for each nc windows
 *       for each kc of the filters: pack filtered: kc×nc; block += weightᵀ · filtered
 *       col2im: images += block
 * </pre>
 *
 * <p>Each image element is a sum in an order that depends on neither the batch nor its size.
 */
final class FloatCol2imBackwardInput implements FloatBackwardInput {
  private static final int MR = FloatMacrokernel.MR;
  private static final int NR = FloatMacrokernel.NR;

  /** Packed weight, all filters of mc rows, stays below this many elements. */
  private static final int PACKED_WEIGHT = 256 * 1024;

  private final ConvShape shape;
  private final FloatCol2im col2im;
  private final FloatRowPanels weightPanels;
  private final FloatRowPanels filteredPanels;
  private final int mc;
  private final int kc;
  private final int nc;

  FloatCol2imBackwardInput(ConvShape shape) {
    this.shape = shape;
    ColumnShape columns = shape.columns();
    col2im = new FloatCol2im(columns);
    weightPanels = new FloatRowPanels(columns.rows());
    filteredPanels = new FloatRowPanels(columns.windows());
    Blocking blocking = Blocking.DEFAULT;
    int affordable = Math.max(MR, PACKED_WEIGHT / shape.filters() / MR * MR);
    mc = Math.min(columns.rows(), Math.min(blocking.mc(), affordable));
    kc = Math.min(shape.filters(), blocking.kc());
    nc = Math.min(columns.windows(), blocking.nc());
  }

  @Override
  public int workspaceFloats() {
    return packedWeightFloats() + packedFilteredFloats() + mc * nc + FloatMacrokernel.TILE;
  }

  private int packedWeightFloats() {
    return Math.multiplyExact(Blocking.padded(mc, MR), shape.filters());
  }

  private int packedFilteredFloats() {
    return kc * Blocking.padded(nc, NR);
  }

  @Override
  public String describe() {
    return ("GEMM and col2im: applies always; %s, col matrix in blocks of %dx%d, filters in blocks of"
            + " %d")
        .formatted(FloatMacrokernel.describe(), mc, nc, kc);
  }

  @Override
  public void run(
      Object filtered,
      long filteredOffset,
      Object weight,
      long weightOffset,
      Object bias,
      long biasOffset,
      Object images,
      long imagesOffset,
      float[] workspace,
      int workspaceOffset) {
    ColumnShape columns = shape.columns();
    int channels = shape.groups() * columns.channels();
    FloatPlanes.fill(
        images, imagesOffset, shape.batch(), channels, columns.plane(), bias, biasOffset);
    for (int group = 0; group < shape.groups(); group++) {
      long groupWeight = weightOffset + group * shape.weightGroup();
      long groupFiltered = filteredOffset + group * shape.filteredGroup();
      long groupImages = imagesOffset + group * shape.imageGroup();
      for (int row = 0; row < columns.rows(); row += mc) {
        int rows = Math.min(mc, columns.rows() - row);
        packWeight(weight, groupWeight, row, rows, workspace, workspaceOffset);
        for (int n = 0; n < shape.batch(); n++) {
          for (int window = 0; window < columns.windows(); window += nc) {
            addBlock(
                row,
                rows,
                window,
                Math.min(nc, columns.windows() - window),
                filtered,
                groupFiltered + n * shape.filtered(),
                images,
                groupImages + n * shape.image(),
                workspace,
                workspaceOffset);
          }
        }
      }
    }
  }

  private void packWeight(
      Object weight, long offset, int row, int rows, float[] workspace, int packed) {
    for (int filter = 0; filter < shape.filters(); filter += kc) {
      int kcHere = Math.min(kc, shape.filters() - filter);
      int at = packed + filter * Blocking.padded(rows, MR);
      weightPanels.pack(weight, offset, filter, kcHere, row, rows, MR, workspace, at);
    }
  }

  private void addBlock(
      int row,
      int rows,
      int window,
      int windows,
      Object filtered,
      long filteredOffset,
      Object images,
      long imagesOffset,
      float[] workspace,
      int packedWeight) {
    int packedFiltered = packedWeight + packedWeightFloats();
    int block = packedFiltered + packedFilteredFloats();
    int tile = block + mc * nc;
    Arrays.fill(workspace, block, block + rows * windows, 0);
    for (int filter = 0; filter < shape.filters(); filter += kc) {
      int kcHere = Math.min(kc, shape.filters() - filter);
      filteredPanels.pack(
          filtered, filteredOffset, filter, kcHere, window, windows, NR, workspace, packedFiltered);
      FloatMacrokernel.run(
          rows,
          windows,
          kcHere,
          workspace,
          packedWeight + filter * Blocking.padded(rows, MR),
          packedFiltered,
          tile,
          workspace,
          block,
          windows);
    }
    for (int r = 0; r < rows; r++) {
      col2im.addRow(workspace, block + r * windows, images, imagesOffset, row + r, window, windows);
    }
  }
}
