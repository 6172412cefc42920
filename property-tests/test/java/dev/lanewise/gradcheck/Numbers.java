// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.gradcheck;

import dev.lanewise.nn.DoubleInitializers;
import dev.lanewise.nn.DoubleTensor;
import java.util.random.RandomGenerator;

/** Random tensors and the inner product. */
final class Numbers {
  private Numbers() {}

  static DoubleTensor random(RandomGenerator random, int... shape) {
    DoubleTensor tensor = DoubleTensor.zeros(shape);
    DoubleInitializers.uniform(tensor, -1, 1, random);
    return tensor;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
