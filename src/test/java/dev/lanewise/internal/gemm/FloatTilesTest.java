// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.simd.Machine;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class FloatTilesTest {
  @Test
  void twoHeightsNeverTakeMoreThanOne() {
    for (FloatTiles tiles :
        List.of(FloatTiles.wide(), FloatTiles.high(true), FloatTiles.high(false))) {
      for (int rows = 0; rows < 200; rows++) {
        int lower = tiles.lowTiles(rows) * tiles.low().rows();
        assertTrue(lower <= rows);
        int filled = lower + Blocking.padded(rows - lower, tiles.rows());
        assertTrue(filled <= Blocking.padded(rows, tiles.rows()));
      }
    }
  }

  @Test
  void highTilesFillMultiplesOfFourFromEightOn() {
    FloatTiles tiles = FloatTiles.high(true);
    for (int rows = 8; rows < 200; rows += 4) {
      int rest = rows - tiles.lowTiles(rows) * tiles.low().rows();
      assertEquals(0, rest % tiles.rows(), "of " + rows);
    }
  }

  @Test
  void wideTilesFillAllNumbersFromTwelveOn() {
    Assumptions.assumeTrue(Machine.SIMD && Machine.FMA && Machine.REGISTERS == 32);
    FloatTiles tiles = FloatTiles.wide();
    for (int rows = 12; rows < 200; rows++) {
      int rest = rows - tiles.lowTiles(rows) * tiles.low().rows();
      assertEquals(0, rest % tiles.rows(), "of " + rows);
    }
  }

  /** Where there are both: last columns that are dot products must be the same. */
  @Test
  void theColumnsOfEachTileAreAMultipleOfTheNarrowest() {
    Assumptions.assumeTrue(Machine.SIMD && Machine.FMA && Machine.REGISTERS == 32);
    for (FloatTiles tiles :
        List.of(FloatTiles.wide(), FloatTiles.high(true), FloatTiles.high(false))) {
      tiles.all().forEach(tile -> assertEquals(0, tile.columns() % tiles.narrowest().columns()));
      assertEquals(FloatTiles.wide().narrowest().columns(), tiles.narrowest().columns());
    }
  }

  /** What a macrokernel remembers of few rows holds for many. */
  @Test
  void manyRowsAreFilledAsFewThatLeaveAsMuchOver() {
    for (FloatTiles tiles :
        List.of(FloatTiles.wide(), FloatTiles.high(true), FloatTiles.high(false))) {
      int height = tiles.rows();
      for (int rows = height * (height - 1); rows < 500; rows++) {
        assertEquals(tiles.lowTiles(rows), tiles.lowTiles(rows + height), "of " + rows);
      }
    }
  }
}
