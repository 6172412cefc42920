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
import dev.lanewise.internal.simd.FloatStrips;
import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A direct sum with neighbouring pixels in the lanes, for few filters: a matrix product would waste
 * most of its tile on them, and its columns cost as much as the sum.
 *
 * <p>A band of rows of the source is copied ({@link FloatShiftedCopies}), so that every tap of
 * every pixel of the band is a plain vector load at a fixed distance; weights are broadcast. Rows
 * that fill vectors are copied once, with their padding; for others there is a copy for each
 * horizontal shift, whose rows follow each other without gaps, and vectors run on across their
 * ends. Backwards the same with flipped weights, and with a stride one such sum for each phase of
 * the target, zipped on the way out.
 */
public final class FloatPixelFilter implements FloatFilter {
  /** Elements of a vector that the costs are fitted to. */
  private static final double LANES = 16;

  /**
   * Cycles in which a vector of the target is started and written. Tiles of 16 registers are small,
   * so that each has few multiply-adds to hide that.
   */
  private static final double WRITE_CYCLES = Machine.REGISTERS < 32 ? 8 : 3;

  /** What the copies of a band should take: half of an L2 cache of 512 KiB. */
  private static final int BAND = (256 << 10) / Float.BYTES;

  /** What they may take, where the rows that neighbouring bands both copy would be too many. */
  private static final int MOST_BAND = 4 * BAND;

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

  /**
   * Of a multiply-add, what a common term of two phases costs with what is loaded for it: the
   * vectors are shared.
   */
  private static final double COMMON_TERM = 1.05;

  /** Multiply-adds of vectors that two phases together must save, for their loops are more. */
  private static final double PAIR_START = 24;

  private final boolean forward;
  private final FloatEpilogue epilogue;
  private final PixelAxis vertical;
  private final PixelAxis horizontal;
  private final int batch;
  private final int groups;
  private final int channels;
  private final int filters;
  private final int kernelWidth;
  private final int kernelTaps;
  private final FloatPixelTile[] tiles;
  private final FloatShiftedCopies copies;
  private final boolean padded;
  private final int bandRows;
  private final int bands;

  /** Pixels of a band, or of a vector where that is more. */
  private final int pitch;

  private final Places places;
  private final Places lastPlaces;

  /** The tile of two phases, where they are summed in pairs; else null. */
  private final Starting<FloatPhaseTile> pairs;

  private final Phases[] phases;

  /** The shift of every term of every phase, those that two phases have in common once. */
  private final int[] shifts;

  /** The tap and the channel of every term, in the order of the weights. */
  private final int[] termTap;

  private final int[] termChannel;

  private FloatPixelFilter(ConvShape shape, FloatEpilogue epilogue, boolean forward) {
    this.forward = forward;
    this.epilogue = epilogue;
    ColumnShape columns = shape.columns();
    vertical = axis(columns.vertical(), forward);
    horizontal = axis(columns.horizontal(), forward);
    batch = shape.batch();
    groups = shape.groups();
    channels = forward ? columns.channels() : shape.filters();
    filters = forward ? shape.filters() : columns.channels();
    kernelWidth = columns.horizontal().kernel();
    kernelTaps = columns.taps();
    tiles = tiles(filters);
    float paddingValue = forward ? (float) columns.paddingValue() : 0;
    Layout layout = layout(channels, filters, kernelTaps, vertical, horizontal, paddingValue);
    copies = layout.copies();
    padded = layout.padded();
    bandRows = layout.bandRows();
    bands = Math.ceilDiv(vertical.positions(), bandRows);
    pitch = Math.max(bandRows * horizontal.positions(), tiles[0].lanes());
    pairs = layout.pairs() ? FloatPhaseTile.ALL.get(filters - 1) : null;
    places = places(bandRows);
    lastPlaces = places(vertical.positions() - (bands - 1) * bandRows);
    int terms = channels * kernelTaps;
    termTap = new int[terms];
    termChannel = new int[terms];
    List<Phases> listed = new ArrayList<>();
    shifts = listTerms(listed);
    phases = listed.toArray(Phases[]::new);
  }

  /**
   * How bands are copied.
   *
   * @param padded whether once, or else once for each horizontal shift
   * @param pairs whether phases are summed two at a time
   * @param cost of all sums and copies of a pixel of the band, in multiply-adds of its sums
   */
  private record Layout(
      FloatShiftedCopies copies, boolean padded, int bandRows, boolean pairs, double cost) {}

  /**
   * A phase, or two that are neighbours of a row.
   *
   * @param first of them, counted row by row
   * @param pair whether there are two
   * @param own terms of the first alone; of a single phase all
   * @param common terms of both
   * @param ownOfNext terms of the second alone
   * @param firstShift where the shifts of the terms begin
   * @param firstWeight where their weights begin, counting one filter
   */
  private record Phases(
      int first,
      boolean pair,
      int own,
      int common,
      int ownOfNext,
      int firstShift,
      int firstWeight) {}

  /**
   * Where the vectors of a band begin; at least as many as a tile has.
   *
   * @param count vectors
   * @param source element of the copies
   * @param target element of the filtered plane, from the band's first pixel on
   */
  private record Places(int count, int[] source, int[] target) {}

  static PixelAxis axis(AxisMap axis, boolean forward) {
    return forward ? PixelAxis.forward(axis) : PixelAxis.backward(axis);
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
    return v.outside().applyAsInt(-1, v.input()) == AxisMap.OUTSIDE
        && h.outside().applyAsInt(-1, h.input()) == AxisMap.OUTSIDE
        && applies(shape, false);
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
    PixelAxis vertical = axis(columns.vertical(), forward);
    PixelAxis horizontal = axis(columns.horizontal(), forward);
    int phases = vertical.phases() * horizontal.phases();
    double positions = (double) vertical.positions() * horizontal.positions();
    double products = channels * (double) columns.taps() * filters;
    double written = filters * (phases == 1 ? 1 : 3 * phases);
    double useful = forward ? 1 : (double) shape.columns().plane() / (positions * phases);
    Layout layout = layout(channels, filters, columns.taps(), vertical, horizontal, 0);
    return products * useful / (layout.cost() + WRITE_CYCLES * written);
  }

  /** Rows that are vectors or little more are padded; the shortest cannot be. */
  private static Layout layout(
      int channels,
      int filters,
      int taps,
      PixelAxis vertical,
      PixelAxis horizontal,
      float paddingValue) {
    Layout dense = layout(false, channels, filters, taps, vertical, horizontal, paddingValue);
    if (horizontal.step() > 1 || horizontal.positions() < FloatPixelTile.ALL.getFirst().lanes()) {
      return dense;
    }
    Layout padded = layout(true, channels, filters, taps, vertical, horizontal, paddingValue);
    return padded.cost() < dense.cost() ? padded : dense;
  }

  private static Layout layout(
      boolean padded,
      int channels,
      int filters,
      int taps,
      PixelAxis vertical,
      PixelAxis horizontal,
      float paddingValue) {
    int rows = bandRows(padded, channels, vertical, horizontal);
    FloatShiftedCopies copies = copies(padded, vertical, horizontal, channels, rows, paddingValue);
    double band = (double) rows * horizontal.positions();
    // Copies that the level-1 cache does not hold are waited for.
    double term = 1.1 + 0.15 * Math.min(1, copies.floats() / 32e3);
    double sums = 0;
    for (FloatPixelTile tile : tiles(filters)) {
      double pixels = tile.vectors() * (double) tile.lanes();
      double run =
          padded
              ? Math.ceilDiv(horizontal.positions(), tile.lanes()) * tile.lanes() * (double) rows
              : band;
      double computed = Math.ceil(run / pixels) * pixels / band;
      sums += channels * (double) taps * computed * termCost(tile.filters(), term);
    }
    double saved = savedByPairs(channels, filters, vertical, horizontal, term);
    boolean pairs = saved > PAIR_START * vertical.phases();
    if (pairs) {
      sums -= saved;
    }
    double copied = copies.floats() / band * Math.max(1, LANES / horizontal.positions());
    return new Layout(copies, padded, rows, pairs, sums + 3 * horizontal.step() * copied);
  }

  /**
   * What a term of some filters costs: the loads of its vectors hide behind three multiply-adds.
   */
  private static double termCost(int filters, double term) {
    return filters < 3 ? 3 : filters * term;
  }

  /** What a position gains from the terms that its phases have in common, if they are summed so. */
  private static double savedByPairs(
      int channels, int filters, PixelAxis vertical, PixelAxis horizontal, double term) {
    // Windows that do not overlap gain nothing: measured, whatever is predicted.
    if (horizontal.phases() == 1
        || horizontal.shifts().length <= horizontal.phases()
        || filters > FloatPhaseTile.ALL.size()) {
      return 0;
    }
    int most = 0;
    long common = 0;
    for (int phase = 0; phase + 1 < horizontal.phases(); phase += 2) {
      int[] taps = horizontal.taps()[phase];
      int both = 0;
      for (int tap : taps) {
        both += horizontal.sameElement(tap, phase + 1) < 0 ? 0 : 1;
      }
      int own = Math.max(taps.length, horizontal.taps()[phase + 1].length) - both;
      most = Math.max(most, Math.max(own, both));
      common += both;
    }
    int rows = Arrays.stream(vertical.taps()).mapToInt(taps -> taps.length).max().orElseThrow();
    if ((long) channels * rows * most > LoopStrip.MOST) {
      return 0;
    }
    double saved = 2 * termCost(filters, term) - termCost(2 * filters, COMMON_TERM);
    return channels * (double) vertical.shifts().length * common * saved;
  }

  private static FloatShiftedCopies copies(
      boolean padded,
      PixelAxis vertical,
      PixelAxis horizontal,
      int channels,
      int rows,
      float paddingValue) {
    return padded
        ? FloatShiftedCopies.padded(vertical, horizontal, channels, rows, paddingValue)
        : FloatShiftedCopies.of(vertical, horizontal, channels, rows, paddingValue);
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
    PixelAxis vertical = axis(v, forward);
    PixelAxis horizontal = axis(h, forward);
    Layout layout = layout(channels, filters, shape.columns().taps(), vertical, horizontal, 0);
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

  /** Rows of positions of a band; all bands about equal. */
  private static int bandRows(
      boolean padded, int channels, PixelAxis vertical, PixelAxis horizontal) {
    long one = copies(padded, vertical, horizontal, channels, 1, 0).floats();
    long two = copies(padded, vertical, horizontal, channels, 2, 0).floats();
    long row = Math.max(1, two - one);
    long shared = one - row;
    long most =
        Math.max((BAND - shared) / row, Math.min((MOST_BAND - shared) / row, 2 * shared / row));
    int rows = Math.clamp(most, 1, vertical.positions());
    return Math.ceilDiv(vertical.positions(), Math.ceilDiv(vertical.positions(), rows));
  }

  /** As few tiles as possible, all about as high. */
  static FloatPixelTile[] tiles(int filters) {
    List<FloatPixelTile> all = FloatPixelTile.ALL;
    FloatPixelTile[] tiles = new FloatPixelTile[Math.ceilDiv(filters, all.size())];
    int left = filters;
    for (int i = 0; i < tiles.length; i++) {
      int height = Math.ceilDiv(left, tiles.length - i);
      tiles[i] = all.get(height - 1);
      left -= height;
    }
    return tiles;
  }

  private Places places(int rows) {
    int lanes = tiles[0].lanes();
    int most = pairs == null ? 0 : pairs.kernel().vectors();
    for (FloatPixelTile tile : tiles) {
      most = Math.max(most, tile.vectors());
    }
    int width = horizontal.positions();
    int runs = padded ? rows : 1;
    int run = padded ? width : rows * width;
    int vectors = Math.ceilDiv(run, lanes);
    int count = Math.max(runs * vectors, most);
    int[] source = new int[count];
    int[] target = new int[count];
    for (int v = 0; v < count; v++) {
      // Those that only fill up a tile do the last one's work again.
      int present = Math.min(v, runs * vectors - 1);
      int row = present / vectors;
      int within = Math.max(0, Math.min(present % vectors * lanes, run - lanes));
      source[v] = row * copies.width() + within;
      target[v] = row * width + within;
    }
    return new Places(count, source, target);
  }

  private int phases() {
    return vertical.phases() * horizontal.phases();
  }

  /** Lists the terms of all phases; returns their shifts. */
  private int[] listTerms(List<Phases> listed) {
    int[] terms = new int[termTap.length];
    int term = 0;
    int weight = 0;
    for (int row = 0; row < vertical.phases(); row++) {
      for (int column = 0; column < horizontal.phases(); ) {
        boolean pair = pairs != null && column + 1 < horizontal.phases();
        int[][][] kinds = pair ? kinds(column) : new int[][][] {single(column)};
        int[] ends = new int[kinds.length];
        int firstShift = term;
        int firstWeight = weight;
        for (int kind = 0; kind < kinds.length; kind++) {
          for (int kh : vertical.taps()[row]) {
            for (int[] taps : kinds[kind]) {
              for (int c = 0; c < channels; c++) {
                terms[term++] = copies.shift(c, kh, taps[0]);
                for (int kw : taps) {
                  termTap[weight] = kh * kernelWidth + kw;
                  termChannel[weight++] = c;
                }
              }
            }
          }
          ends[kind] = term;
        }
        listed.add(
            new Phases(
                row * horizontal.phases() + column,
                pair,
                ends[0] - firstShift,
                pair ? ends[1] - ends[0] : 0,
                pair ? ends[2] - ends[1] : 0,
                firstShift,
                firstWeight));
        column += pair ? 2 : 1;
      }
    }
    return Arrays.copyOf(terms, term);
  }

  /** The taps of a phase, each by itself. */
  private int[][] single(int phase) {
    return Arrays.stream(horizontal.taps()[phase])
        .mapToObj(tap -> new int[] {tap})
        .toArray(int[][]::new);
  }

  /** The taps of a phase that the next has not, those that read the same in both, and the rest. */
  private int[][][] kinds(int phase) {
    return new int[][][] {
      Arrays.stream(single(phase))
          .filter(tap -> horizontal.sameElement(tap[0], phase + 1) < 0)
          .toArray(int[][]::new),
      Arrays.stream(horizontal.taps()[phase])
          .filter(tap -> horizontal.sameElement(tap, phase + 1) >= 0)
          .mapToObj(tap -> new int[] {tap, horizontal.sameElement(tap, phase + 1)})
          .toArray(int[][]::new),
      Arrays.stream(single(phase + 1))
          .filter(tap -> horizontal.sameElement(tap[0], phase) < 0)
          .toArray(int[][]::new)
    };
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
            padded ? "once, padded" : "once per horizontal shift");
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
    return filters * termTap.length;
  }

  /** Phase by phase, tile by tile, the weights of one term adjacent. */
  @Override
  public void packWeight(
      Object weight, long weightOffset, int block, float[] packed, int packedOffset) {
    long group = weightOffset + (long) block * filters * channels * kernelTaps;
    int filterStride = (forward ? channels : 1) * kernelTaps;
    int channelStride = (forward ? 1 : filters) * kernelTaps;
    int at = packedOffset;
    for (Phases some : phases) {
      int end = some.firstWeight() + some.own() + 2 * some.common() + some.ownOfNext();
      int filter = 0;
      for (FloatPixelTile tile : tiles) {
        for (int term = some.firstWeight(); term < end; term++) {
          long from = group + (long) termChannel[term] * channelStride + termTap[term];
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
    Places present = rows == bandRows ? places : lastPlaces;
    boolean whole = phases() == 1 && rows * horizontal.positions() >= tiles[0].lanes();
    boolean toSegment = whole && FloatMemory.isNative(target);
    Starting<FloatPixelTileToSegment> waiting = toSegment ? waiting() : null;
    if (whole && target instanceof float[] || toSegment && waiting == null) {
      sums(
          phases[0],
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
    for (Phases some : phases) {
      int weights = weightOffset + filters * some.firstWeight();
      int to = results + some.first() * filters * pitch;
      if (some.pair()) {
        pair(some, present, weight, weights, to, workspace, workspaceOffset);
      } else {
        sums(some, present, weight, weights, workspace, to, pitch, workspace, workspaceOffset);
      }
    }
    for (int f = 0; f < filters; f++) {
      write(
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

  /** A tile that cannot write to native memory yet; null if all can. */
  private Starting<FloatPixelTileToSegment> waiting() {
    for (FloatPixelTile tile : tiles) {
      Starting<FloatPixelTileToSegment> toSegment = toSegment(tile);
      if (toSegment.kernel() == null) {
        return toSegment;
      }
    }
    return null;
  }

  private static Starting<FloatPixelTileToSegment> toSegment(FloatPixelTile tile) {
    return FloatPixelTileToSegment.ALL.get(tile.filters() - 1);
  }

  /** Two phases of all filters. */
  private void pair(
      Phases two,
      Places places,
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
        shifts,
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
      Phases one,
      Places places,
      float[] weight,
      int weightOffset,
      Object to,
      long toOffset,
      int plane,
      float[] workspace,
      int workspaceOffset) {
    int terms = one.own();
    int run = VECTORS_PER_RUN * Math.ceilDiv(TERMS_PER_CALL, Math.max(terms, 1));
    // Tiles inside runs of vectors: what one tile has read, the next finds in the L1 cache.
    for (int vector = 0; vector < places.count(); vector += run) {
      int filter = 0;
      for (FloatPixelTile tile : tiles) {
        int end = Math.min(vector + run, places.count());
        int weights = weightOffset + filter * terms;
        int biases = workspaceOffset + filter;
        long at = toOffset + (long) filter * plane;
        if (to instanceof float[] array) {
          tile.run(
              vector,
              end,
              places.source(),
              places.target(),
              terms,
              shifts,
              one.firstShift(),
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
          toSegment(tile)
              .kernel()
              .run(
                  vector,
                  end,
                  places.source(),
                  places.target(),
                  terms,
                  shifts,
                  one.firstShift(),
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
        filter += tile.filters();
      }
    }
  }

  /** From the phases of one filter to its plane of the target. */
  private void write(
      float[] workspace,
      int results,
      int buffer,
      Object target,
      long targetOffset,
      int first,
      int rows) {
    int width = horizontal.target();
    if (phases() == 1) {
      FloatMemory.copy(
          workspace, results, target, targetOffset + (long) first * width, rows * width);
      return;
    }
    int phasePitch = filters * pitch;
    int end = endRow(first + rows);
    for (int row = firstRow(first); row < end; row++) {
      int phase = row % vertical.phases() * horizontal.phases();
      int from =
          results + phase * phasePitch + (row / vertical.phases() - first) * horizontal.positions();
      long to = targetOffset + (long) row * width;
      if (horizontal.phases() == 1) {
        FloatMemory.copy(workspace, from, target, to, width);
      } else if (target instanceof float[] array) {
        zip(workspace, from, phasePitch, array, (int) to);
      } else {
        zip(workspace, from, phasePitch, workspace, buffer);
        FloatMemory.copy(workspace, buffer, target, to, width);
      }
    }
  }

  private void zip(float[] from, int offset, int phasePitch, float[] to, int toOffset) {
    int width = horizontal.target();
    int phases = horizontal.phases();
    if (phases == 2) {
      FloatStrips strips = FloatStrips.INTERLEAVED.kernel();
      long since = FloatStrips.INTERLEAVED.clock(strips);
      strips.interleave(from, offset, offset + phasePitch, to, toOffset, width);
      FloatStrips.INTERLEAVED.ran(strips, since);
    } else {
      for (int column = 0; column < width; column++) {
        to[toOffset + column] = from[offset + column % phases * phasePitch + column / phases];
      }
    }
  }

  /** The first row of the target that belongs to a row of positions or one behind it. */
  private int firstRow(int position) {
    return position * vertical.phases();
  }

  private int endRow(int position) {
    return Math.min(position * vertical.phases(), vertical.target());
  }

  private void finish(
      Object target, long targetOffset, Object residual, long residualOffset, int first, int rows) {
    int plane = vertical.target() * horizontal.target();
    int begin = firstRow(first) * horizontal.target();
    int count = endRow(first + rows) * horizontal.target() - begin;
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
