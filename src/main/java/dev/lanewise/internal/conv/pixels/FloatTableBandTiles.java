// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/** {@link FloatPixelTile}s, which are told where each term is. */
final class FloatTableBandTiles implements FloatBandTiles {
  private final FloatPixelTile[] tiles;
  private final int[] shifts;

  /**
   * Of a plan.
   *
   * @param shifts from a vector of pixels to each of its terms, phase by phase
   */
  FloatTableBandTiles(FloatPixelTile[] tiles, int[] shifts) {
    this.tiles = tiles;
    this.shifts = shifts;
  }

  @Override
  public int count() {
    return tiles.length;
  }

  @Override
  public int filters(int tile) {
    return tiles[tile].filters();
  }

  @Override
  public Starting<FloatPixelTileToSegment> toSegment(int tile) {
    return FloatPixelTileToSegment.ALL.get(tiles[tile].filters() - 1);
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
    tiles[tile].run(
        begin,
        end,
        places.source(),
        places.target(),
        phase.own(),
        shifts,
        phase.firstShift(),
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
    toSegment(tile)
        .kernel()
        .run(
            begin,
            end,
            places.source(),
            places.target(),
            phase.own(),
            shifts,
            phase.firstShift(),
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
