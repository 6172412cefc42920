// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.im2col;

import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.gemm.Blocking;
import dev.lanewise.internal.gemm.FloatMacrokernel;
import dev.lanewise.internal.gemm.FloatPackedRows;
import dev.lanewise.internal.gemm.FloatRowPanels;
import dev.lanewise.internal.memory.FloatMemory;

/**
 * Any shape: a block of the col matrix is computed as weightᵀ · filtered and added to the image
 * before the next one takes its place.
 *
 * <pre>
 *   for each mc rows of the col matrix and each depth of the filters
 *     pack weightᵀ: mc×depth
 *     for each image, for each nc windows
 *       for each kc of depth: pack filtered: kc×nc; block += weightᵀ · filtered
 *       col2im: images += block
 * </pre>
 *
 * <p>Each image element is a sum in an order that depends on neither the batch nor its size.
 */
public final class FloatCol2imBackwardInput extends FloatUnpackedFilter {
  private static final FloatMacrokernel MACROKERNEL = FloatMacrokernel.WIDE;
  private static final int NR = MACROKERNEL.nr();
  private static final int KC = Blocking.KC;

  /** Rows of the col matrix in a block; each block packs all of the filtered image again. */
  private static final int MC = 240;

  private final ConvShape shape;
  private final FloatCol2im col2im;
  private final FloatPackedRows weightRows;
  private final FloatRowPanels filteredPanels;
  private final int mc;
  private final int nc;
  private final int depth;

  public FloatCol2imBackwardInput(ConvShape shape, FloatEpilogue epilogue) {
    super(
        shape,
        epilogue,
        shape.groups() * shape.columns().channels(),
        shape.columns().plane(),
        false);
    this.shape = shape;
    ColumnShape columns = shape.columns();
    col2im = new FloatCol2im(columns);
    weightRows = FloatPackedRows.ofTransposed(columns.rows());
    filteredPanels = new FloatRowPanels(columns.windows());
    mc = Math.min(columns.rows(), MC);
    nc = Math.min(columns.windows(), Blocking.NC);
    depth = Math.min(shape.filters(), Blocking.PACKED_DEPTH);
  }

  @Override
  public int workspaceFloats() {
    return MACROKERNEL.packedAFloats(mc, depth)
        + packedFilteredFloats()
        + mc * nc
        + MACROKERNEL.scratchFloats();
  }

  private int packedFilteredFloats() {
    return Math.min(depth, KC) * Blocking.padded(nc, NR);
  }

  @Override
  public String describe() {
    return ("GEMM and col2im: applies always; %s, col matrix in blocks of %dx%d, filters in blocks of"
            + " %d")
        .formatted(MACROKERNEL.describe(), mc, nc, Math.min(depth, KC));
  }

  @Override
  long sourceElements() {
    return shape.filtered();
  }

  @Override
  void run(
      Object filtered,
      long filteredOffset,
      Object weight,
      long weightOffset,
      Object bias,
      long biasOffset,
      Object images,
      long imagesOffset,
      int batch,
      int firstPixel,
      int endPixel,
      float[] workspace,
      int workspaceOffset) {
    ColumnShape columns = shape.columns();
    int channels = shape.groups() * columns.channels();
    for (long c = 0; c < (long) batch * channels; c++) {
      FloatMemory.fill(
          images,
          imagesOffset + c * columns.plane(),
          columns.plane(),
          bias == null ? 0 : FloatMemory.get(bias, biasOffset + c % channels));
    }
    for (int group = 0; group < shape.groups(); group++) {
      long groupWeight = weightOffset + group * shape.weightGroup();
      long groupFiltered = filteredOffset + group * shape.filteredGroup();
      long groupImages = imagesOffset + group * shape.imageGroup();
      for (int row = 0; row < columns.rows(); row += mc) {
        int rows = Math.min(mc, columns.rows() - row);
        for (int filter = 0; filter < shape.filters(); filter += depth) {
          int filters = Math.min(depth, shape.filters() - filter);
          packWeight(weight, groupWeight, row, rows, filter, filters, workspace, workspaceOffset);
          for (int n = 0; n < batch; n++) {
            for (int window = 0; window < columns.windows(); window += nc) {
              addBlock(
                  row,
                  rows,
                  filter,
                  filters,
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
  }

  private void packWeight(
      Object weight,
      long offset,
      int row,
      int rows,
      int filter,
      int filters,
      float[] workspace,
      int packed) {
    for (int f = 0; f < filters; f += KC) {
      int at = packed + MACROKERNEL.packedAFloats(rows, f);
      int kc = Math.min(KC, filters - f);
      weightRows.pack(
          weight, offset, row, rows, filter + f, kc, workspace, at, KC, MACROKERNEL.mr());
    }
  }

  private void addBlock(
      int row,
      int rows,
      int filter,
      int filters,
      int window,
      int windows,
      Object filtered,
      long filteredOffset,
      Object images,
      long imagesOffset,
      float[] workspace,
      int packedWeight) {
    int packedFiltered = packedWeight + MACROKERNEL.packedAFloats(mc, depth);
    int block = packedFiltered + packedFilteredFloats();
    int scratch = block + mc * nc;
    for (int f = 0; f < filters; f += KC) {
      int kc = Math.min(KC, filters - f);
      filteredPanels.pack(
          filtered, filteredOffset, filter + f, kc, window, windows, NR, workspace, packedFiltered);
      MACROKERNEL.run(
          rows,
          windows,
          kc,
          workspace,
          packedWeight + MACROKERNEL.packedAFloats(rows, f),
          KC,
          true,
          workspace,
          packedFiltered,
          kc * NR,
          NR,
          true,
          workspace,
          scratch,
          f == 0,
          workspace,
          block,
          windows);
    }
    for (int r = 0; r < rows; r++) {
      col2im.addRow(workspace, block + r * windows, images, imagesOffset, row + r, window, windows);
    }
  }
}
