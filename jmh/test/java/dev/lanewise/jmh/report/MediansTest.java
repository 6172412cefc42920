// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MediansTest {
  @Test
  void isTheMiddleValueOfAnOddNumber() {
    assertEquals(3, Medians.of(9, 1, 3));
  }

  @Test
  void isTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
    assertEquals(4, Medians.of(9, 1, 3, 5));
  }

  @Test
  void isNotANumberWithoutAny() {
    assertEquals(Double.NaN, Medians.of());
    assertEquals(Double.NaN, Medians.geometric());
  }

  @Test
  void geometricMeanOfAFactorAndItsInverseIsOne() {
    assertEquals(1, Medians.geometric(4, 0.25));
  }
}
