// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.reference.ReferenceConv2d;
import dev.lanewise.reference.ReferencePadding;
import dev.lanewise.reference.ReferenceWindow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sizes past the ends of what the weight's gradient is cut into, larger than the properties'. */
class WeightGradientBlocksTest {
  private static final ReferencePadding NONE = ReferencePadding.zeros(0, 0, 0, 0);
  private static final ReferencePadding ONE = ReferencePadding.zeros(1, 1, 1, 1);

  private enum Sizes {
    BANDS_OF_ROWS(2, 8, 130, 121, 3, 3, 1, ONE),
    BANDS_OF_STRIDED_ROWS(1, 12, 151, 140, 3, 3, 2, ONE),
    BLOCKS_OF_FILTERS(2, 40, 9, 9, 45, 3, 1, ONE),
    BLOCKS_OF_WIDE_TILES(1, 70, 7, 8, 300, 3, 1, ONE),
    BLOCKS_OF_IMAGES(53, 3, 6, 7, 7, 3, 1, NONE),
    IMAGES_OF_ONE_WINDOW(35, 2, 3, 3, 6, 3, 1, NONE),
    CHUNKS_OF_BANDS(2, 17, 90, 95, 33, 3, 1, ONE),
    CHUNKS_OF_PLANES(2, 65, 72, 61, 66, 1, 1, NONE);

    private final ReferenceConv2d reference;

    Sizes(
        int batch,
        int inChannels,
        int height,
        int width,
        int outChannels,
        int kernel,
        int stride,
        ReferencePadding padding) {
      reference =
          new ReferenceConv2d(
              batch,
              inChannels,
              height,
              width,
              outChannels,
              new ReferenceWindow(kernel, kernel, stride, stride, 1, 1, padding),
              1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void integersAreExact(Sizes sizes) {
    ExactIntegers.requireOfGradWeight(sizes.reference, ExactIntegers.ARRAYS_AND_NATIVE);
  }
}
