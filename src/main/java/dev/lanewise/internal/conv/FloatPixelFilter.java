// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatVectorStrips;
import dev.lanewise.internal.simd.Machine;
import java.util.Arrays;
import java.util.List;

/**
 * A direct sum with neighbouring pixels in the lanes, for few filters: a matrix product would waste
 * most of its tile on them, and its columns cost as much as the sum.
 *
 * <p>A band of rows of the source is copied once per horizontal shift ({@link FloatShiftedCopies}),
 * so that every tap of every pixel of the band is a plain vector load at a fixed distance; weights
 * are broadcast. Backwards the same with flipped weights, and with a stride one such sum for each
 * phase of the target, zipped on the way out.
 */
final class FloatPixelFilter implements FloatFilter {
  /** Elements of a vector that the costs are fitted to. */
  private static final double LANES = 16;

  /** What the copies of a band should take: half of an L2 cache of 512 KiB. */
  private static final int BAND = (256 << 10) / Float.BYTES;

  /** What they may take, where the rows that neighbouring bands both copy would be too many. */
  private static final int MOST_BAND = 4 * BAND;

  /** Larger windows and strides have tables that are not worth their while. */
  private static final int MOST_TAPS = 16;

  private static final int MOST_STRIDE = 8;

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
  private final int kernelWidth;
  private final int kernelTaps;
  private final FloatPixelTile[] tiles;
  private final FloatShiftedCopies copies;
  private final int bandRows;
  private final int bands;

  /** Pixels of a band, or of a tile where that is more. */
  private final int pitch;

  private final int mostPixels;

  /** Terms of one filter before each phase; behind them those of all. */
  private final int[] termsBefore;

  /** The shift of every term of every phase. */
  private final int[] shifts;

  /** The tap and the channel of every term. */
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
    mostPixels = Arrays.stream(tiles).mapToInt(FloatPixelTile::pixels).max().orElseThrow();
    bandRows = bandRows(channels, vertical, horizontal);
    bands = Math.ceilDiv(vertical.positions(), bandRows);
    pitch = Math.max(bandRows * horizontal.positions(), mostPixels);
    float paddingValue = forward ? (float) columns.paddingValue() : 0;
    copies = FloatShiftedCopies.of(vertical, horizontal, channels, bandRows, paddingValue);
    int terms = channels * kernelTaps;
    shifts = new int[terms];
    termTap = new int[terms];
    termChannel = new int[terms];
    termsBefore = new int[phases() + 1];
    listTerms();
  }

  private static PixelAxis axis(AxisMap axis, boolean forward) {
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

  static boolean appliesForward(ConvShape shape) {
    return applies(shape, true);
  }

  /** What padding takes from the image is no sum of this kind. */
  static boolean appliesBackwardInput(ConvShape shape) {
    AxisMap v = shape.columns().vertical();
    AxisMap h = shape.columns().horizontal();
    return v.outside().applyAsInt(-1, v.input()) == AxisMap.OUTSIDE
        && h.outside().applyAsInt(-1, h.input()) == AxisMap.OUTSIDE
        && applies(shape, false);
  }

  /** Its share of the multiply-add peak, predicted. */
  static double rateForward(ConvShape shape) {
    return rate(shape, true);
  }

  /** Its share of the multiply-add peak, predicted. */
  static double rateBackwardInput(ConvShape shape) {
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
    int rows = bandRows(channels, vertical, horizontal);
    double band = (double) rows * horizontal.positions();
    double products = channels * (double) columns.taps() * filters;
    FloatPixelTile[] tiles = tiles(filters);
    double term = 1.2 + 0.2 * Math.min(1, channels * columns.taps() / 600.0);
    double sums = 0;
    for (FloatPixelTile tile : tiles) {
      double computed = Math.ceil(band / tile.pixels()) * tile.pixels() / band;
      sums += products / filters * computed * tile.filters() * (tile.filters() < 3 ? 2 : term);
    }
    FloatShiftedCopies copies = FloatShiftedCopies.of(vertical, horizontal, channels, rows, 0);
    double copied = copies.floats() / band * Math.max(1, LANES / horizontal.positions());
    double written = filters * (phases == 1 ? 1 : 3 * phases);
    double useful = forward ? 1 : (double) shape.columns().plane() / (positions * phases);
    return products * useful / (sums + 3 * copied + 3 * written);
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
        || shape.weightGroup() > FloatFiltering.MOST_PACKED_BLOCK
        || Math.max(shape.imageGroup(), shape.filteredGroup()) > Integer.MAX_VALUE / 2) {
      return false;
    }
    int channels = forward ? shape.columns().channels() : shape.filters();
    int filters = forward ? shape.filters() : shape.columns().channels();
    PixelAxis vertical = axis(v, forward);
    PixelAxis horizontal = axis(h, forward);
    int rows = bandRows(channels, vertical, horizontal);
    FloatShiftedCopies copies = FloatShiftedCopies.of(vertical, horizontal, channels, rows, 0);
    long results =
        (long) vertical.phases()
            * horizontal.phases()
            * filters
            * ((long) rows * horizontal.positions() + 1024);
    return copies.floats() + copies.stagingFloats() + results + horizontal.target() + 1024
        <= FloatFiltering.MOST_SCRATCH;
  }

  /** Rows of positions of a band; all bands about equal. */
  private static int bandRows(int channels, PixelAxis vertical, PixelAxis horizontal) {
    FloatShiftedCopies one = FloatShiftedCopies.of(vertical, horizontal, channels, 1, 0);
    FloatShiftedCopies two = FloatShiftedCopies.of(vertical, horizontal, channels, 2, 0);
    long row = Math.max(1, two.floats() - one.floats());
    long shared = one.floats() - row;
    long most =
        Math.max((BAND - shared) / row, Math.min((MOST_BAND - shared) / row, 2 * shared / row));
    int rows = Math.clamp(most, 1, vertical.positions());
    return Math.ceilDiv(vertical.positions(), Math.ceilDiv(vertical.positions(), rows));
  }

  /** As few tiles as possible, all about as high. */
  private static FloatPixelTile[] tiles(int filters) {
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

  private int phases() {
    return vertical.phases() * horizontal.phases();
  }

  private void listTerms() {
    int term = 0;
    for (int phase = 0; phase < phases(); phase++) {
      for (int c = 0; c < channels; c++) {
        for (int kh : vertical.taps()[phase / horizontal.phases()]) {
          for (int kw : horizontal.taps()[phase % horizontal.phases()]) {
            shifts[term] = copies.shift(c, kh, kw);
            termTap[term] = kh * kernelWidth + kw;
            termChannel[term] = c;
            term++;
          }
        }
      }
      termsBefore[phase + 1] = term;
    }
  }

  @Override
  public String describe() {
    return ("pixels in the lanes: %d filters per group in tiles of %s, %d x %d phases, bands of %d of"
            + " %d rows copied once per horizontal shift")
        .formatted(
            filters,
            Arrays.stream(tiles)
                .map(tile -> tile.filters() + "x" + tile.pixels())
                .distinct()
                .toList(),
            vertical.phases(),
            horizontal.phases(),
            bandRows,
            vertical.positions());
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
    return filters * shifts.length;
  }

  /** Phase by phase, tile by tile, the weights of one term adjacent. */
  @Override
  public void packWeight(
      Object weight, long weightOffset, int block, float[] packed, int packedOffset) {
    long group = weightOffset + (long) block * filters * channels * kernelTaps;
    int filterStride = (forward ? channels : 1) * kernelTaps;
    int channelStride = (forward ? 1 : filters) * kernelTaps;
    int at = packedOffset;
    for (int phase = 0; phase < phases(); phase++) {
      int filter = 0;
      for (FloatPixelTile tile : tiles) {
        for (int term = termsBefore[phase]; term < termsBefore[phase + 1]; term++) {
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
    return rowAt() + horizontal.target();
  }

  // The scratch: bias, copies and what a short tile reads behind them, results of every phase and
  // filter, the source's channel and the target's row on their way from and to native memory.

  private int copiesAt() {
    return filters;
  }

  private int resultsAt() {
    return copiesAt() + (int) copies.floats() + mostPixels;
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
    int pixels = rows * horizontal.positions();
    if (phases() == 1 && pixels >= mostPixels && target instanceof float[] array) {
      sums(
          0,
          pixels,
          weight,
          weightOffset,
          array,
          (int) targetOffset + first * horizontal.target(),
          vertical.target() * horizontal.target(),
          workspace,
          workspaceOffset);
      return;
    }
    int results = workspaceOffset + resultsAt();
    for (int phase = 0; phase < phases(); phase++) {
      sums(
          phase,
          Math.max(pixels, mostPixels),
          weight,
          weightOffset + filters * termsBefore[phase],
          workspace,
          results + phase * filters * pitch,
          pitch,
          workspace,
          workspaceOffset);
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
  }

  /** One phase of all filters. */
  private void sums(
      int phase,
      int pixels,
      float[] weight,
      int weightOffset,
      float[] to,
      int toOffset,
      int plane,
      float[] workspace,
      int workspaceOffset) {
    int terms = termsBefore[phase + 1] - termsBefore[phase];
    int run = mostPixels * Math.ceilDiv(TERMS_PER_CALL, Math.max(terms, 1));
    // Tiles inside runs of pixels: what one tile has read, the next finds in the L1 cache.
    for (int pixel = 0; pixel < pixels; pixel += run) {
      int filter = 0;
      for (FloatPixelTile tile : tiles) {
        tile.run(
            pixel,
            Math.min(pixel + run, pixels),
            terms,
            shifts,
            termsBefore[phase],
            workspace,
            workspaceOffset + copiesAt(),
            weight,
            weightOffset + filter * terms,
            workspace,
            workspaceOffset + filter,
            to,
            toOffset + filter * plane,
            plane);
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
    int phasePitch = filters * pitch;
    int end = endRow(first + rows);
    for (int row = firstRow(first); row < end; row++) {
      int place = row + vertical.lead();
      int phase = place % vertical.phases() * horizontal.phases();
      int from =
          results
              + phase * phasePitch
              + (place / vertical.phases() - first) * horizontal.positions();
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
    int lead = horizontal.lead();
    if (phases == 2) {
      FloatVectorStrips.interleave(
          from,
          offset + lead * phasePitch,
          lead == 0 ? offset + phasePitch : offset + 1,
          to,
          toOffset,
          width);
    } else {
      for (int column = 0; column < width; column++) {
        int place = column + lead;
        to[toOffset + column] = from[offset + place % phases * phasePitch + place / phases];
      }
    }
  }

  /** The first row of the target that belongs to a row of positions or one behind it. */
  private int firstRow(int position) {
    return Math.max(position * vertical.phases() - vertical.lead(), 0);
  }

  private int endRow(int position) {
    return Math.min(position * vertical.phases() - vertical.lead(), vertical.target());
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
