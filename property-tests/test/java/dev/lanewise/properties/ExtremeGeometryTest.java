// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.conv.GradientMode;
import dev.lanewise.conv.Padding;
import org.junit.jupiter.api.Test;

/** Sizes at the end of what is allowed, which must be accepted and right. */
class ExtremeGeometryTest {
  private static final int FAR_APART = 2_000_000_000;
  private static final float[] IMAGE = {1, 2, 3, 4, 5, 6};
  private static final float[] DOUBLED = {2, 4, 6, 8, 10, 12};

  /** Of two taps only the first falls on the image. */
  @Test
  void tapsFarOutsideReadThePadding() {
    Conv2dGeometry geometry =
        Conv2dGeometry.input(1, 6, 1)
            .kernel(1, 2, 1)
            .dilation(FAR_APART, 1)
            .padding(Padding.of(0, 0, FAR_APART, 0));
    Conv2d conv = Conv2d.of(geometry).build();
    float[] output = new float[6];
    conv.forward(IMAGE, new float[] {2, 3}, null, output, new float[conv.workspaceFloats()]);
    assertArrayEquals(DOUBLED, output);
  }

  /** Elements of the padded image, of all channels, are more than a long counts. */
  @Test
  void tapsFarOutsideOnBothAxesReadThePadding() {
    Conv2dGeometry geometry =
        Conv2dGeometry.input(3, 2, 1)
            .kernel(1, 2, 2)
            .dilation(FAR_APART, FAR_APART)
            .padding(Padding.of(0, 0, FAR_APART, FAR_APART));
    Conv2d conv = Conv2d.of(geometry).build();
    float[] weight = {2, 3, 3, 3, 4, 3, 3, 3, 5, 3, 3, 3};
    float[] workspace = new float[conv.workspaceFloats()];
    float[] output = new float[2];
    conv.forward(IMAGE, weight, null, output, workspace);
    assertArrayEquals(new float[] {1 * 2 + 3 * 4 + 5 * 5, 2 * 2 + 4 * 4 + 6 * 5}, output);
    float[] gradWeight = new float[weight.length];
    conv.backwardWeight(IMAGE, new float[] {1, 10}, gradWeight, GradientMode.OVERWRITE, workspace);
    assertArrayEquals(new float[] {21, 0, 0, 0, 43, 0, 0, 0, 65, 0, 0, 0}, gradWeight);
  }

  /** What the second tap spreads is cut off. */
  @Test
  void tapsFarOutsideAreCutOff() {
    ConvTranspose2dGeometry geometry =
        ConvTranspose2dGeometry.input(1, 6, 1)
            .kernel(1, 2, 1)
            .dilation(FAR_APART, 1)
            .padding(Padding.of(0, 0, FAR_APART, 0));
    ConvTranspose2d conv = ConvTranspose2d.of(geometry).build();
    float[] output = new float[6];
    conv.forward(IMAGE, new float[] {2, 3}, null, output, new float[conv.workspaceFloats()]);
    assertArrayEquals(DOUBLED, output);
  }

  @Test
  void samePaddingHasOneOutputSize() {
    ConvTranspose2dGeometry geometry =
        ConvTranspose2dGeometry.input(1, 8, 7)
            .kernel(1, 3, 3)
            .stride(2, 3)
            .padding(Padding.same())
            .outputSize(16, 21);
    assertEquals(16, geometry.outHeight());
    assertEquals(21, geometry.outWidth());
  }

  /** (1 − 1)·2 + 2 − 2 = 0 rows without output padding, but one is a size too. */
  @Test
  void theLeastOutputSizeMayBeZero() {
    ConvTranspose2dGeometry geometry =
        ConvTranspose2dGeometry.input(1, 1, 1)
            .kernel(1, 2, 2)
            .stride(2)
            .padding(1)
            .outputSize(1, 1);
    assertEquals(1, geometry.outputElements());
    ConvTranspose2d conv = ConvTranspose2d.of(geometry).build();
    float[] output = new float[1];
    conv.forward(
        new float[] {2}, new float[] {3, 4, 5, 6}, null, output, new float[conv.workspaceFloats()]);
    assertArrayEquals(new float[] {12}, output);
  }
}
