// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.conv.FloatFilter;
import dev.lanewise.internal.conv.FloatShiftedCopies;
import dev.lanewise.internal.conv.PixelAxis;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A direct sum with neighbouring pixels in the lanes, for few filters: a matrix product would waste
 * most of its tile on them, and its columns cost as much as the sum.
 *
 * <p>A band of rows of the source is copied ({@link FloatShiftedCopies}), so that every tap of
 * every pixel of the band is a plain vector load at a fixed distance; weights are broadcast. Rows
 * that fill vectors are copied once, with their padding; for others there is a copy for each
 * horizontal shift, whose rows follow each other without gaps, and vectors run on across their
 * ends. Kernels of three columns read padded rows in lines ({@link FloatPixelLineTile}), and so do
 * phases of two. Backwards the same with flipped weights, and with a stride one such sum for each
 * phase of the target, zipped on the way out.
 */
public final class FloatPixelFilter implements FloatFilter {
  /**
   * Cycles in which a vector of the target is started and written. Tiles of 16 registers are small,
   * so that each has few multiply-adds to hide that.
   */
  private static final double WRITE_CYCLES = Machine.REGISTERS < 32 ? 8 : 3;

  /**
   * What is left of the prediction where each element is copied for a single tap: of nine 1×1
   * layers 0.58 to 0.77 (Zen 5).
   */
  private static final double SHARE_OF_ONE_TAP = 0.7;

  /** Larger windows and strides have tables that are not worth their while. */
  private static final int MOST_TAPS = 16;

  private static final int MOST_STRIDE = 8;

  /**
   * Vectors of pixels that every tile takes before the next: whole tiles of each but 3x3. So many
   * that what is written to a plane is a run long enough for the processor to fetch it ahead.
   */
  private static final int VECTORS_PER_RUN = 16;

  /** Multiply-adds that make a call of a tile worth its while. */
  private static final int TERMS_PER_CALL = 128;

  private final boolean forward;
  private final FloatEpilogue epilogue;
  private final PixelAxis vertical;
  private final PixelAxis horizontal;
  private final int batch;
  private final int groups;
  private final int channels;
  private final int filters;
  private final int kernelTaps;
  private final FloatPixelTile[] tiles;
  private final FloatShiftedCopies copies;
  private final boolean padded;

  /** Elements of a line; 0 if the copies are none. */
  private final int line;

  private final int bandRows;
  private final int bands;

  /** Pixels of a band, or of a vector where that is more. */
  private final int pitch;

  private final PixelPlaces places;
  private final PixelPlaces lastPlaces;

  /** The tile of two phases, where they are summed in pairs; else null. */
  private final Starting<FloatPhaseTile> pairs;

  private final FloatPixelTerms terms;
  private final FloatBandTiles bandTiles;
  private final FloatPhaseRows phaseRows;

  private FloatPixelFilter(ConvShape shape, FloatEpilogue epilogue, boolean forward) {
    this.forward = forward;
    this.epilogue = epilogue;
    ColumnShape columns = shape.columns();
    vertical = PixelAxis.of(columns.vertical(), forward);
    horizontal = PixelAxis.of(columns.horizontal(), forward);
    batch = shape.batch();
    groups = shape.groups();
    channels = forward ? columns.channels() : shape.filters();
    filters = forward ? shape.filters() : columns.channels();
    kernelTaps = columns.taps();
    tiles = FloatPixelTile.tiles(filters);
    float paddingValue = forward ? (float) columns.paddingValue() : 0;
    FloatPixelLayout layout =
        FloatPixelLayout.of(channels, filters, kernelTaps, vertical, horizontal, paddingValue);
    copies = layout.copies();
    padded = layout.padded();
    bandRows = layout.bandRows();
    bands = Math.ceilDiv(vertical.positions(), bandRows);
    pitch = Math.max(bandRows * horizontal.positions(), tiles[0].lanes());
    line = layout.line();
    pairs = layout.pairs() ? pairs(filters, line) : null;
    places = places(bandRows);
    lastPlaces = places(vertical.positions() - (bands - 1) * bandRows);
    terms = new FloatPixelTerms(channels, vertical, horizontal, copies, layout.pairs());
    bandTiles =
        line > 0 && pairs == null
            ? new FloatLineBandTiles(tiles, line)
            : new FloatTableBandTiles(tiles, terms.shifts());
    phaseRows = new FloatPhaseRows(vertical, horizontal, filters * pitch);
  }

  /** From images to filtered images. */
  static FloatPixelFilter forward(ConvShape shape, FloatEpilogue epilogue) {
    return new FloatPixelFilter(shape, epilogue, true);
  }

  /** From filtered images to images. */
  static FloatPixelFilter backwardInput(ConvShape shape, FloatEpilogue epilogue) {
    return new FloatPixelFilter(shape, epilogue, false);
  }

  public static boolean appliesForward(ConvShape shape) {
    return applies(shape, true);
  }

  /** What padding takes from the image is no sum of this kind. */
  public static boolean appliesBackwardInput(ConvShape shape) {
    AxisMap v = shape.columns().vertical();
    AxisMap h = shape.columns().horizontal();
    return !v.repeatsInput() && !h.repeatsInput() && applies(shape, false);
  }

  /** Its share of the multiply-add peak, predicted. */
  public static double rateForward(ConvShape shape) {
    return rate(shape, true);
  }

  /** Its share of the multiply-add peak, predicted. */
  public static double rateBackwardInput(ConvShape shape) {
    return rate(shape, false);
  }

  /**
   * Cycles of the multiply-adds, which read registers only, against those of everything: with the
   * vectors a tile loads, the vectors copied and the vectors written.
   */
  private static double rate(ConvShape shape, boolean forward) {
    ColumnShape columns = shape.columns();
    int channels = forward ? columns.channels() : shape.filters();
    int filters = forward ? shape.filters() : columns.channels();
    PixelAxis vertical = PixelAxis.of(columns.vertical(), forward);
    PixelAxis horizontal = PixelAxis.of(columns.horizontal(), forward);
    int phases = vertical.phases() * horizontal.phases();
    double positions = (double) vertical.positions() * horizontal.positions();
    double products = channels * (double) columns.taps() * filters;
    double written = filters * (phases == 1 ? 1 : 3 * phases);
    double useful = forward ? 1 : (double) shape.columns().plane() / (positions * phases);
    FloatPixelLayout layout =
        FloatPixelLayout.of(channels, filters, columns.taps(), vertical, horizontal, 0);
    double share = columns.isImage() ? SHARE_OF_ONE_TAP : 1;
    return share * products * useful / (layout.cost() + WRITE_CYCLES * written);
  }

  /** Where vectors multiply and add in one instruction, and everything fits the workspace. */
  private static boolean applies(ConvShape shape, boolean forward) {
    AxisMap v = shape.columns().vertical();
    AxisMap h = shape.columns().horizontal();
    if (!Machine.SIMD
        || !Machine.FMA
        || Math.max(v.kernel(), h.kernel()) > MOST_TAPS
        || Math.max(v.stride(), h.stride()) > MOST_STRIDE
        || Math.min(v.output(), h.output()) == 0
        || shape.weightGroup() > FloatFilter.MOST_PACKED_BLOCK
        || Math.max(shape.imageGroup(), shape.filteredGroup()) > Integer.MAX_VALUE / 2) {
      return false;
    }
    int channels = forward ? shape.columns().channels() : shape.filters();
    int filters = forward ? shape.filters() : shape.columns().channels();
    PixelAxis vertical = PixelAxis.of(v, forward);
    PixelAxis horizontal = PixelAxis.of(h, forward);
    FloatPixelLayout layout =
        FloatPixelLayout.of(channels, filters, shape.columns().taps(), vertical, horizontal, 0);
    long results =
        (long) vertical.phases()
            * horizontal.phases()
            * filters
            * ((long) layout.bandRows() * horizontal.positions() + 1024);
    return layout.copies().floats()
            + layout.copies().stagingFloats()
            + results
            + horizontal.target()
            + 1024
        <= FloatFilter.MOST_SCRATCH;
  }

  private static Starting<FloatPhaseTile> pairs(int filters, int line) {
    return line > 0 ? FloatPhaseLineTiles.of(filters, line) : FloatPhaseTile.ALL.get(filters - 1);
  }

  private PixelPlaces places(int rows) {
    int fewest = pairs == null ? 0 : pairs.kernel().vectors();
    for (FloatPixelTile tile : tiles) {
      fewest = Math.max(fewest, tile.vectors());
    }
    return PixelPlaces.of(
        rows, padded, copies.rowPitch(), horizontal.positions(), tiles[0].lanes(), fewest);
  }

  private int phases() {
    return vertical.phases() * horizontal.phases();
  }

  @Override
  public String describe() {
    return ("pixels in the lanes: %d filters per group in tiles of %s, %d x %d phases%s, bands of %d"
            + " of %d rows copied %s")
        .formatted(
            filters,
            Arrays.stream(tiles)
                .map(tile -> tile.filters() + "x" + tile.vectors() * tile.lanes())
                .distinct()
                .toList(),
            vertical.phases(),
            horizontal.phases(),
            pairs == null ? "" : " in pairs",
            bandRows,
            vertical.positions(),
            line > 0
                ? "once, padded, in lines of %d%s"
                    .formatted(line, pairs == null ? ", three columns a step" : "")
                : padded ? "once, padded" : "once per horizontal shift");
  }

  @Override
  public boolean addsZeros() {
    return !forward;
  }

  @Override
  public int weightBlocks() {
    return groups;
  }

  @Override
  public int weightBlockFloats() {
    return filters * terms.weights();
  }

  /** Phase by phase, tile by tile, the weights of one term adjacent. */
  @Override
  public void packWeight(
      Object weight, long weightOffset, int block, float[] packed, int packedOffset) {
    long group = weightOffset + (long) block * filters * channels * kernelTaps;
    int filterStride = (forward ? channels : 1) * kernelTaps;
    int channelStride = (forward ? 1 : filters) * kernelTaps;
    int at = packedOffset;
    for (FloatPixelTerms.Phases some : terms.phases()) {
      int filter = 0;
      for (FloatPixelTile tile : tiles) {
        for (int term = some.firstWeight(); term < some.endWeight(); term++) {
          long from = group + (long) terms.channel(term) * channelStride + terms.tap(term);
          for (int f = filter; f < filter + tile.filters(); f++) {
            packed[at++] = FloatMemory.get(weight, from + (long) f * filterStride);
          }
        }
        filter += tile.filters();
      }
    }
  }

  @Override
  public int parts() {
    return batch * bands;
  }

  @Override
  public int workspaceFloats() {
    return rowAt() + (phases() == 1 ? 0 : horizontal.target());
  }

  // The scratch: bias, copies and what a short vector reads behind them, results of every phase and
  // filter, the source's channel on its way from native memory, and if rows of phases are to be
  // interleaved, one of the target's on its way there.

  private int copiesAt() {
    return filters;
  }

  private int resultsAt() {
    return copiesAt() + (int) copies.floats() + tiles[0].lanes();
  }

  private int stagingAt() {
    return resultsAt() + phases() * filters * pitch;
  }

  private int rowAt() {
    return stagingAt() + copies.stagingFloats();
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
    int copied = workspaceOffset + copiesAt();
    copies.prepare(workspace, copied);
    Arrays.fill(workspace, workspaceOffset, copied, 0);
    long sourceGroup = (long) channels * vertical.source() * horizontal.source();
    long targetGroup = (long) filters * vertical.target() * horizontal.target();
    for (int part = firstPart; part < endPart; part++) {
      int first = part % bands * bandRows;
      int rows = Math.min(bandRows, vertical.positions() - first);
      for (int block = firstBlock; block < endBlock; block++) {
        long group = (long) part / bands * groups + block;
        if (bias != null) {
          FloatMemory.copy(
              bias, biasOffset + (long) block * filters, workspace, workspaceOffset, filters);
        }
        copies.copy(
            source,
            sourceOffset + group * sourceGroup,
            first,
            rows,
            workspace,
            copied,
            workspaceOffset + stagingAt());
        band(
            (float[]) weight,
            (int) weightOffset + (block - firstBlock) * weightBlockFloats(),
            target,
            targetOffset + group * targetGroup,
            first,
            rows,
            workspace,
            workspaceOffset);
        finish(
            target,
            targetOffset + group * targetGroup,
            residual,
            residualOffset + group * targetGroup,
            first,
            rows);
      }
    }
  }

  /** All filters of one group on one band. */
  private void band(
      float[] weight,
      int weightOffset,
      Object target,
      long targetOffset,
      int first,
      int rows,
      float[] workspace,
      int workspaceOffset) {
    PixelPlaces present = rows == bandRows ? places : lastPlaces;
    boolean whole = phases() == 1 && rows * horizontal.positions() >= tiles[0].lanes();
    boolean toSegment =
        whole
            && terms.phases()[0].own() <= FloatPixelTileToSegment.MOST_TERMS
            && FloatMemory.isNative(target);
    Starting<?> waiting = toSegment ? bandTiles.waiting() : null;
    if (whole && target instanceof float[] || toSegment && waiting == null) {
      sums(
          terms.phases()[0],
          present,
          weight,
          weightOffset,
          target,
          targetOffset + (long) first * horizontal.target(),
          vertical.target() * horizontal.target(),
          workspace,
          workspaceOffset);
      return;
    }
    long since = toSegment ? waiting.clock(null) : 0;
    int results = workspaceOffset + resultsAt();
    for (FloatPixelTerms.Phases some : terms.phases()) {
      int weights = weightOffset + filters * some.firstWeight();
      int to = results + some.first() * filters * pitch;
      if (some.pair()) {
        pair(some, present, weight, weights, to, workspace, workspaceOffset);
      } else {
        sums(some, present, weight, weights, workspace, to, pitch, workspace, workspaceOffset);
      }
    }
    for (int f = 0; f < filters; f++) {
      phaseRows.write(
          workspace,
          results + f * pitch,
          workspaceOffset + rowAt(),
          target,
          targetOffset + (long) f * vertical.target() * horizontal.target(),
          first,
          rows);
    }
    if (toSegment) {
      waiting.ran(null, since);
    }
  }

  /** Two phases of all filters. */
  private void pair(
      FloatPixelTerms.Phases two,
      PixelPlaces places,
      float[] weight,
      int weightOffset,
      int to,
      float[] workspace,
      int workspaceOffset) {
    FloatPhaseTile tile = pairs.kernel();
    long since = pairs.clock(tile);
    tile.run(
        0,
        places.count(),
        places.source(),
        places.target(),
        two.own(),
        two.common(),
        two.ownOfNext(),
        terms.shifts(),
        two.firstShift(),
        workspace,
        workspaceOffset + copiesAt(),
        weight,
        weightOffset,
        workspace,
        workspaceOffset,
        workspace,
        to,
        pitch);
    pairs.ran(tile, since);
  }

  /** One phase of all filters. */
  private void sums(
      FloatPixelTerms.Phases one,
      PixelPlaces places,
      float[] weight,
      int weightOffset,
      Object to,
      long toOffset,
      int plane,
      float[] workspace,
      int workspaceOffset) {
    int count = one.own();
    int run = VECTORS_PER_RUN * Math.ceilDiv(TERMS_PER_CALL, Math.max(count, 1));
    // Tiles inside runs of vectors: what one tile has read, the next finds in the L1 cache.
    for (int vector = 0; vector < places.count(); vector += run) {
      int filter = 0;
      int end = Math.min(vector + run, places.count());
      for (int tile = 0; tile < bandTiles.count(); tile++) {
        int weights = weightOffset + filter * count;
        int biases = workspaceOffset + filter;
        long at = toOffset + (long) filter * plane;
        if (to instanceof float[] array) {
          bandTiles.run(
              tile,
              vector,
              end,
              places,
              one,
              workspace,
              workspaceOffset + copiesAt(),
              weight,
              weights,
              workspace,
              biases,
              array,
              (int) at,
              plane);
        } else {
          bandTiles.run(
              tile,
              vector,
              end,
              places,
              one,
              workspace,
              workspaceOffset + copiesAt(),
              weight,
              weights,
              workspace,
              biases,
              (MemorySegment) to,
              at,
              plane);
        }
        filter += bandTiles.filters(tile);
      }
    }
  }

  private void finish(
      Object target, long targetOffset, Object residual, long residualOffset, int first, int rows) {
    int plane = vertical.target() * horizontal.target();
    int begin = phaseRows.firstRow(first) * horizontal.target();
    int count = phaseRows.endRow(first + rows) * horizontal.target() - begin;
    if (bands == 1) {
      epilogue.apply(target, targetOffset, residual, residualOffset, (long) filters * plane);
      return;
    }
    for (long f = 0; f < filters; f++) {
      long at = f * plane + begin;
      epilogue.apply(target, targetOffset + at, residual, residualOffset + at, count);
    }
  }
}
