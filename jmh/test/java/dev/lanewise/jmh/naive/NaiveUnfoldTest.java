// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.naive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.conv.Padding;
import dev.lanewise.conv.UnfoldGeometry;
import org.junit.jupiter.api.Test;

class NaiveUnfoldTest {
  /** Two windows of 1×2 over one row of three pixels, padded by one row above and below. */
  private final NaiveUnfold unfold =
      new NaiveUnfold(UnfoldGeometry.image(1, 1, 3).kernel(1, 2).padding(Padding.of(1, 0)));

  @Test
  void columnsOfAnExampleWorkedByHand() {
    float[] columns = new float[12];
    unfold.unfold(new float[] {1, 2, 3}, columns);
    assertArrayEquals(new float[] {0, 0, 1, 2, 0, 0, 0, 0, 2, 3, 0, 0}, columns);
  }

  @Test
  void imageOfAnExampleWorkedByHand() {
    float[] image = new float[3];
    unfold.fold(new float[] {9, 9, 1, 2, 9, 9, 9, 9, 10, 20, 9, 9}, image);
    assertArrayEquals(new float[] {1, 12, 20}, image);
  }
}
