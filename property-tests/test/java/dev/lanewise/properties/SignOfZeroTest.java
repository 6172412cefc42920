// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
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

  /** A gradient's zero padding is left out as long as the weights are finite; so is the rest. */
  @Test
  void doesNotDependOnWhatIsInTheWorkspace() {
    Conv2d conv = Conv2d.of(Conv2dGeometry.input(20, 16, 16).kernel(64, 3, 3).padding(1)).build();
    float[] gradOutput = new float[64 * 16 * 16];
    float[] weight = new float[64 * 20 * 9];
    Arrays.fill(gradOutput, -Float.MIN_NORMAL);
    Arrays.fill(weight, Float.MIN_NORMAL);
    float[] workspace = new float[conv.workspaceFloats()];
    float[] expected = new float[20 * 16 * 16];
    float[] actual = expected.clone();
    conv.backwardInput(gradOutput, weight, expected, workspace);
    Arrays.fill(workspace, Float.NaN);
    conv.backwardInput(gradOutput, weight, actual, workspace);
    assertArrayEquals(expected, actual, conv.explain());
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
