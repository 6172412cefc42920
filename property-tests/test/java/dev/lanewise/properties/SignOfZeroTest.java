// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;

import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceGemm;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * A product that underflows to −0, added to −0. Which zero it becomes is the machine's, but it is
 * the same in every element: inside a tile and at its edge, in heap and in native memory.
 */
class SignOfZeroTest {

  @Test
  void doesNotDependOnTheTileOrTheMemory() {
    for (Precision precision : Precision.values()) {
      for (int rows : new int[] {1, 4, 12, 13, 24, 25}) {
        for (int columns : new int[] {1, 8, 32, 33, 64, 65}) {
          double[] heap = product(precision, Layout.PLAIN, rows, columns);
          double[] first = new double[heap.length];
          Arrays.fill(first, product(precision, Layout.PLAIN, 24, 64)[0]);
          String what = "%s %dx%d".formatted(precision, rows, columns);
          requireSameBits(what + ", heap", first, heap);
          Layout outside = Layout.of(Form.SEGMENTS, Place.NATIVE);
          requireSameBits(what + ", native", first, product(precision, outside, rows, columns));
        }
      }
    }
  }

  private static double[] product(Precision precision, Layout layout, int rows, int columns) {
    double tiny = precision == Precision.FLOAT ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    double[] a = new double[rows];
    double[] b = new double[columns];
    double[] c = new double[rows * columns];
    Arrays.fill(a, -tiny);
    Arrays.fill(b, tiny);
    Arrays.fill(c, -0.0);
    ReferenceGemm sizes = new ReferenceGemm(rows, columns, 1, false, false, 1, columns, columns);
    return new TestedGemm(sizes, precision).multiply(layout, 1, a, b, 1, c);
  }
}
