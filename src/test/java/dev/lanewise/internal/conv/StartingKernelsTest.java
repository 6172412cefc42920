// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.start.Takeover;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a process computes before its vector kernels are fast has the bits of what comes later. */
class StartingKernelsTest {
  private static final int TERMS = 13;
  private static final int ROOM = 4096;

  @Test
  void directKernels() {
    int lanes = 2 * FloatLanes.LENGTH;
    for (FloatDirectKernel kernel :
        List.of(
            new FloatDirectKernel4x2(),
            new FloatDirectKernel6x2(),
            new FloatDirectKernel8x2(),
            new FloatDirectKernel14x2())) {
      int run = kernel.run();
      FloatDirectKernel scalar = new FloatDirectKernelScalar(run, lanes);
      for (int skip : new int[] {0, 1, run}) {
        for (int initial : new int[] {-1, 3}) {
          assertSameBits(
              target -> work(kernel, skip, initial, target),
              target -> work(scalar, skip, initial, target));
        }
      }
    }
  }

  private static void work(FloatDirectKernel kernel, int skip, int initial, float[] sums) {
    int lanes = kernel.lanes();
    int pixels = kernel.run() * lanes;
    kernel.accumulate(
        TERMS,
        shifts(),
        0,
        random(1),
        5,
        60,
        random(2),
        7,
        sums,
        initial,
        lanes,
        lanes + pixels,
        lanes,
        skip,
        2 * pixels + lanes);
    // Not a result.
    Arrays.fill(sums, 2 * pixels + lanes, 2 * pixels + 2 * lanes, 0);
  }

  @Test
  void pixelTiles() {
    for (FloatPixelTile tile : List.of(new FloatPixelTile1x8(), new FloatPixelTile5x4())) {
      FloatPixelTile scalar =
          new FloatPixelTileScalar(tile.filters(), tile.vectors(), tile.lanes());
      assertSameBits(target -> work(tile, target), target -> work(scalar, target));
    }
  }

  /** Whole tiles and a part of one; the last vector overlaps the one before it. */
  private static void work(FloatPixelTile tile, float[] target) {
    int[] places = new int[2 * tile.vectors() + 1];
    for (int v = 0; v < places.length; v++) {
      places[v] = v * tile.lanes() - v / (places.length - 1);
    }
    int plane = places.length * tile.lanes();
    tile.run(
        0,
        places.length,
        places,
        places,
        TERMS,
        shifts(),
        0,
        random(1),
        2,
        random(2),
        3,
        random(3),
        1,
        target,
        4,
        plane);
  }

  @Test
  void phaseTiles() {
    for (FloatPhaseTile tile :
        List.of(
            new FloatPhaseTile1x4(),
            new FloatPhaseTile2x2(),
            new FloatPhaseTile2x4(),
            new FloatPhaseTile3x4())) {
      FloatPhaseTile scalar =
          new FloatPhaseTileScalar(tile.filters(), tile.vectors(), tile.lanes());
      for (int[] terms : new int[][] {{4, 6, 3}, {0, 9, 0}, {3, 0, 8}, {0, 0, 0}}) {
        assertSameBits(target -> work(tile, terms, target), target -> work(scalar, terms, target));
      }
    }
  }

  /** Whole tiles and a part of one; the last vector overlaps the one before it. */
  private static void work(FloatPhaseTile tile, int[] terms, float[] target) {
    int[] places = new int[2 * tile.vectors() + 1];
    for (int v = 0; v < places.length; v++) {
      places[v] = v * tile.lanes() - v / (places.length - 1);
    }
    int plane = places.length * tile.lanes();
    tile.run(
        0,
        places.length,
        places,
        places,
        terms[0],
        terms[1],
        terms[2],
        shifts(),
        0,
        random(1),
        2,
        random(2),
        3,
        random(3),
        1,
        target,
        4,
        plane);
  }

  @Test
  void rollingTiles() {
    for (FloatRollingTile tile : List.of(new FloatRollingTile3(), new FloatRollingTile5())) {
      FloatRollingTile scalar = new FloatRollingTileScalar(tile.height());
      assertSameBits(target -> work(tile, target), target -> work(scalar, target));
    }
  }

  private static void work(FloatRollingTile tile, float[] target) {
    int pitch = 3 * FloatLanes.LENGTH;
    tile.run(7, 4, 9, 9, 3, shifts(), random(1), 2, pitch, random(2), 3, 0.7f, target, 5, pitch);
  }

  /** Rows shorter than a vector: each reaches into the next, the first half's last as well. */
  @Test
  void rollingTilesOfNarrowRows() {
    for (FloatRollingTile tile : List.of(new FloatRollingTile3(), new FloatRollingTile5())) {
      FloatRollingTile scalar = new FloatRollingTileScalar(tile.height());
      assertSameBits(target -> workNarrow(tile, target), target -> workNarrow(scalar, target));
    }
  }

  private static void workNarrow(FloatRollingTile tile, float[] target) {
    int pitch = FloatLanes.LENGTH;
    int width = FloatLanes.LENGTH - 1;
    tile.run(
        12, 8, 4 * pitch, 4 * width, 3, shifts(), random(1), 2, pitch, random(2), 3, 0.7f, target,
        5, width);
  }

  @Test
  void dotTiles() {
    for (FloatDotTile tile : List.of(new FloatDotTile5x3(), new FloatDotTile1x9())) {
      FloatDotTile scalar = new FloatDotTileScalar(tile.rows(), tile.columns());
      for (int rest : new int[] {0, 1, tile.lanes() - 1}) {
        assertSameBits(sums -> work(tile, rest, sums), sums -> work(scalar, rest, sums));
      }
    }
  }

  private static void work(FloatDotTile tile, int rest, float[] sums) {
    int ldc = tile.columns() * tile.lanes() + 3;
    tile.accumulate(
        5, rest, random(1), 20, 100, tile.rows(), random(2), 30, shifts(), 1, sums, 2, ldc);
  }

  @Test
  void broadcastTiles() {
    for (FloatBroadcastTile tile :
        List.of(new FloatBroadcastTile9x2(), new FloatBroadcastTile6x4())) {
      FloatBroadcastTile scalar = new FloatBroadcastTileScalar(tile.rows(), tile.columns());
      assertSameBits(sums -> work(tile, sums), sums -> work(scalar, sums));
    }
  }

  private static void work(FloatBroadcastTile tile, float[] sums) {
    tile.accumulate(TERMS, random(1), 2, shifts(), 1, random(2), 3, sums, 4);
  }

  @Test
  void slidingTiles() {
    for (FloatSlidingTile tile : List.of(new FloatSlidingTile1(), new FloatSlidingTile2())) {
      FloatSlidingTile scalar = new FloatSlidingTileScalar(tile.filters());
      for (int width : new int[] {tile.lanes(), 2 * tile.lanes(), 3 * tile.lanes() - 2}) {
        assertSameBits(sums -> work(tile, width, sums), sums -> work(scalar, width, sums));
      }
    }
  }

  private static void work(FloatSlidingTile tile, int width, float[] sums) {
    tile.accumulate(5, width, random(1), 1, width + 2, random(2), 2, 300, sums, 3, 160);
  }

  /** Rows as long as a vector of the target and shorter, columns inside a row and at its ends. */
  @Test
  void depthwiseKernels() {
    for (FloatDepthwiseKernel kernel :
        List.of(
            new FloatDepthwiseKernelUnit(),
            new FloatDepthwiseKernelStrided(),
            new FloatDepthwiseKernelPhases())) {
      FloatDepthwiseKernel scalar =
          new FloatDepthwiseKernelScalar(
              kernel.sourceStep(), kernel.targetStep(), kernel.positions());
      for (int pitch : new int[] {50, 5}) {
        for (long inside : new long[] {-1, 0x1e}) {
          assertSameBits(
              target -> work(kernel, pitch, inside, target),
              target -> work(scalar, pitch, inside, target));
        }
      }
    }
  }

  private static void work(FloatDepthwiseKernel kernel, int pitch, long inside, float[] target) {
    kernel.run(
        4,
        random(1),
        2,
        random(2),
        3,
        pitch,
        random(3),
        4,
        inside << 1,
        inside,
        random(4),
        8,
        -1,
        0.7f,
        target,
        5,
        pitch);
  }

  @Test
  void depthwiseDots() {
    for (FloatDepthwiseDots dots :
        List.of(new FloatDepthwiseDotsUnit(), new FloatDepthwiseDotsStrided())) {
      FloatDepthwiseDots scalar = new FloatDepthwiseDotsScalar(dots.step(), dots.leastRows());
      assertSameBits(sums -> work(dots, sums), sums -> work(scalar, sums));
    }
  }

  private static void work(FloatDepthwiseDots dots, float[] sums) {
    dots.run(
        4, random(1), 2, random(2), 3, 50, random(3), 4, random(4), 5, 40, 0x54, 0x55, 0x15, sums,
        6, sums, 6);
  }

  /** Of classes that are not public; a trial runs the copy. */
  @Test
  void aStuckKernelIsReplacedByACopy() {
    for (Takeover.Candidate kernel :
        List.of(
            new FloatStartingDirectKernel(new FloatDirectKernel14x2()),
            new FloatStartingPixelTile(new FloatPixelTile5x4()),
            new FloatStartingRollingTile(new FloatRollingTile3()),
            FloatPhaseTile.ALL.get(0),
            FloatDotTile.ALL.get(0),
            FloatBroadcastTile.ALL.get(0),
            FloatSlidingTile.ALL.get(1),
            FloatDepthwiseKernel.STRIDED,
            FloatDepthwiseDots.UNIT)) {
      int vectors = kernel.trial();
      kernel.renew();
      assertEquals(vectors, kernel.trial());
    }
  }

  private static int[] shifts() {
    return new Random(4).ints(TERMS, 0, 50).toArray();
  }

  private static float[] random(int seed) {
    Random random = new Random(seed);
    float[] values = new float[ROOM];
    for (int i = 0; i < ROOM; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private static void assertSameBits(Consumer<float[]> vector, Consumer<float[]> scalar) {
    float[] expected = random(9);
    float[] actual = random(9);
    vector.accept(expected);
    scalar.accept(actual);
    assertArrayEquals(expected, actual);
  }
}
