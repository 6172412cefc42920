// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.reference.ReferenceConv2d;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches that fill vectors, larger than the properties': small images may take the lanes. */
class ImageLanesTest {
  private enum Sizes {
    /** The second layer of a classifier of digits. */
    DIGITS(37, 10, 12, 12, 20, 5, 1, 0, 1),
    PADDED(32, 3, 7, 5, 6, 3, 1, 1, 1),
    ONE_CHANNEL(19, 1, 9, 8, 1, 3, 1, 2, 1),
    GROUPS(33, 4, 6, 6, 6, 3, 1, 1, 2),
    DILATED(16, 5, 8, 9, 7, 3, 2, 1, 1),
    ONE_WINDOW(21, 3, 4, 4, 5, 4, 1, 0, 1),
    MORE_PADDING_THAN_KERNEL(17, 2, 3, 3, 4, 2, 1, 3, 1);

    private final ReferenceConv2d reference;
    private final Conv2dGeometry geometry;
    private final Conv2dGeometry one;

    Sizes(
        int batch,
        int inChannels,
        int height,
        int width,
        int outChannels,
        int kernel,
        int dilation,
        int padding,
        int groups) {
      reference =
          References.conv2d(
              batch, inChannels, height, width, outChannels, kernel, 1, dilation, padding, groups);
      geometry =
          rest(
              Conv2dGeometry.input(batch, inChannels, height, width),
              outChannels,
              kernel,
              dilation,
              padding,
              groups);
      one =
          rest(
              Conv2dGeometry.input(1, inChannels, height, width),
              outChannels,
              kernel,
              dilation,
              padding,
              groups);
    }

    private static Conv2dGeometry rest(
        Conv2dGeometry input, int outChannels, int kernel, int dilation, int padding, int groups) {
      return input
          .kernel(outChannels, kernel, kernel)
          .dilation(dilation)
          .padding(padding)
          .groups(groups);
    }
  }

  @ParameterizedTest
  @EnumSource
  void integersAreExact(Sizes sizes) {
    ExactIntegers.requireOfOutputAndGradInput(sizes.reference, ExactIntegers.ARRAYS_AND_NATIVE);
  }

  @ParameterizedTest
  @EnumSource
  void anImageHasTheBitsThatItHasAlone(Sizes sizes) {
    new BatchBits(sizes.geometry).requireOfEachAlone(sizes.one);
  }
}
