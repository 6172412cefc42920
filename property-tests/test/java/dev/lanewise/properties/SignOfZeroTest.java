// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.conv.ConvTranspose2dGeometry;
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

  /**
   * Zeros around the source are left out as long as the weights are finite, and what lies beside
   * the weights is none of them. The bias is −0, so that the sign of the sum remains.
   */
  @Test
  void doesNotDependOnWhatIsInTheWorkspace() {
    ConvTranspose2d conv =
        ConvTranspose2d.of(ConvTranspose2dGeometry.input(64, 7, 7).kernel(30, 3, 3).padding(1))
            .build();
    float[] input = new float[64 * 7 * 7];
    float[] weight = new float[64 * 30 * 9];
    float[] bias = new float[30];
    Arrays.fill(input, -Float.MIN_NORMAL);
    Arrays.fill(weight, Float.MIN_NORMAL);
    Arrays.fill(bias, -0f);
    float[] workspace = new float[conv.workspaceFloats()];
    float[] expected = new float[30 * 7 * 7];
    float[] actual = expected.clone();
    conv.forward(input, weight, bias, expected, workspace);
    Arrays.fill(workspace, Float.NaN);
    conv.forward(input, weight, bias, actual, workspace);
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
