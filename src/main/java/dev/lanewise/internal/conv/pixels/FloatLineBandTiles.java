// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** {@link FloatPixelLineTile}s, for copies in lines. */
final class FloatLineBandTiles implements FloatBandTiles {
  private final int[] filters;
  private final List<Starting<FloatPixelLineTile>> tiles = new ArrayList<>();
  private final List<Starting<FloatPixelLineTileToSegment>> toSegment = new ArrayList<>();

  /**
   * Of a plan.
   *
   * @param tiles as high as these are to be
   * @param line elements of a line
   */
  FloatLineBandTiles(FloatPixelTile[] tiles, int line) {
    filters = new int[tiles.length];
    for (int tile = 0; tile < tiles.length; tile++) {
      filters[tile] = tiles[tile].filters();
      this.tiles.add(FloatPixelLineTiles.of(filters[tile], line));
      toSegment.add(FloatPixelLineTiles.toSegment(filters[tile], line));
    }
  }

  @Override
  public int count() {
    return filters.length;
  }

  @Override
  public int filters(int tile) {
    return filters[tile];
  }

  @Override
  public Starting<FloatPixelLineTileToSegment> toSegment(int tile) {
    return toSegment.get(tile);
  }

  @Override
  public void run(
      int tile,
      int begin,
      int end,
      PixelPlaces places,
      FloatPixelTerms.Phases phase,
      float[] copies,
      int copiesOffset,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      float[] target,
      int targetOffset,
      int plane) {
    Starting<FloatPixelLineTile> starting = tiles.get(tile);
    FloatPixelLineTile lines = starting.kernel();
    long since = starting.clock(lines);
    lines.run(
        begin,
        end,
        places.source(),
        places.target(),
        phase.own() / FloatPixelLineTile.TAPS,
        copies,
        copiesOffset,
        weight,
        weightOffset,
        bias,
        biasOffset,
        target,
        targetOffset,
        plane);
    starting.ran(lines, since);
  }

  @Override
  public void run(
      int tile,
      int begin,
      int end,
      PixelPlaces places,
      FloatPixelTerms.Phases phase,
      float[] copies,
      int copiesOffset,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      MemorySegment target,
      long targetOffset,
      int plane) {
    toSegment
        .get(tile)
        .kernel()
        .run(
            begin,
            end,
            places.source(),
            places.target(),
            phase.own() / FloatPixelLineTile.TAPS,
            copies,
            copiesOffset,
            weight,
            weightOffset,
            bias,
            biasOffset,
            target,
            targetOffset,
            plane);
  }
}
