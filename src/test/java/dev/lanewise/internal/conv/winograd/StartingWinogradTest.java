// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.winograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.internal.simd.FloatLanes;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Scalars stand in for the vectors of Winograd's kernels with the same bits. */
class StartingWinogradTest {
  private static final int LANES = FloatLanes.LENGTH;
  private static final int ROOM = 1 << 15;

  @Test
  void products() {
    for (FloatTileProduct product : List.of(new FloatTileProduct8x2(), new FloatTileProduct4x2())) {
      FloatTileProduct scalar =
          new FloatTileProductScalar(product.rows(), product.columns(), LANES);
      assertSameBits(m -> work(product, m), m -> work(scalar, m));
    }
  }

  private static void work(FloatTileProduct product, float[] m) {
    product.multiply(37, random(1), 2, 40 * LANES, random(2), 3, m, 4, 3 * LANES);
  }

  @Test
  void transforms() {
    assertSameTransforms(new FloatVectorTileTransform2(), new FloatScalarTileTransform2(LANES));
    assertSameTransforms(new FloatVectorTileTransform4(), new FloatScalarTileTransform4(LANES));
  }

  private static void assertSameTransforms(FloatTileTransform vector, FloatTileTransform scalar) {
    int row = 10 * LANES;
    List<Call> calls =
        List.of(
            (transform, to) -> transform.inputColumns(random(1), 2, row, to, 3, 9),
            (transform, to) -> transform.inputRows(random(1), 2, to, 3, 3),
            (transform, to) -> transform.weight(random(1), 2, row, LANES, to, 3, row, LANES, 9),
            (transform, to) -> transform.outputColumns(random(1), 2, 99 * LANES, to, 3, 3),
            (transform, to) -> transform.outputRows(random(1), 2, random(2), 3, to, 4, 3 * row, 3));
    for (Call call : calls) {
      assertSameBits(to -> call.of(vector, to), to -> call.of(scalar, to));
    }
  }

  /** A method of a transform. */
  private interface Call {
    void of(FloatTileTransform transform, float[] to);
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
