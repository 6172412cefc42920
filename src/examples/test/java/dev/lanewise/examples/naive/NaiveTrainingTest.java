// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.naive;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NaiveTrainingTest {
  /** The second layer has thirty times the products of the first. */
  @Test
  void everyLayerTakesItsTime() {
    NaiveTraining one = new NaiveTraining().convolution(1, 28, 28, 4, 5);
    NaiveTraining two =
        new NaiveTraining().convolution(1, 28, 28, 4, 5).convolution(4, 28, 28, 20, 5);
    double oneLayer = one.secondsPerPicture();
    assertTrue(oneLayer > 0);
    assertTrue(two.secondsPerPicture() > 3 * oneLayer);
  }
}
