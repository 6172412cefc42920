// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.internal.simd.FirstLevelCache;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.reference.ReferenceConv2d;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arrays that are read where they stand, where other memory is copied. */
class ReadInPlaceTest {
  private enum Sizes {
    /** The last layer of a denoiser, whose windows reach beyond the image. */
    ONE_FILTER(5, 8, 17, 21, 1, 3, 1, 1, 1),
    ONE_FILTER_INSIDE(3, 7, 12, 40, 1, 3, 1, 0, 1),
    /** The gradient of the first layer of a classifier of digits: two rows and columns around. */
    ONE_CHANNEL(4, 1, 28, 28, 10, 3, 1, 0, 1),
    /** One tile of rows, whose windows reach beyond the image above and below. */
    FEW_ROWS(4, 1, 7, 20, 8, 3, 1, 0, 1),
    POINTWISE_SUBSAMPLED(2, 128, 28, 28, 128, 1, 2, 0, 1),
    POINTWISE_SUBSAMPLED_ODD(1, 128, 27, 27, 128, 1, 2, 0, 1),
    WINDOWS_SUBSAMPLED(2, 64, 28, 28, 64, 2, 2, 0, 1),
    /** Rows that no whole number of runs fills, and a column that no window reads. */
    WINDOWS_SUBSAMPLED_ODD(1, 64, 12, 129, 64, 2, 2, 0, 1),
    /** Sums in two cuts, a pixel of each row in both halves of its tile, bands of two heights. */
    WINDOWS_SUBSAMPLED_IN_CUTS(1, 300, 62, 26, 32, 2, 2, 0, 1),
    LARGE_WINDOWS_SUBSAMPLED(1, 32, 29, 59, 64, 5, 2, 0, 1),
    GROUPS_SUBSAMPLED(2, 256, 28, 28, 256, 1, 2, 0, 2),
    /** A shortcut of ResNet, whose gradients stand between zeros. */
    POINTWISE_SUBSAMPLED_TO_MANY(1, 256, 14, 14, 512, 1, 2, 0, 1),
    /** Weights that a call packs in more than one portion. */
    POINTWISE_IN_PORTIONS(1, 600, 5, 7, 400, 1, 1, 0, 1),
    POINTWISE_GROUPS_IN_PORTIONS(2, 1200, 4, 5, 640, 1, 1, 0, 2),
    /** More than a level 2 cache holds: some machines copy it. */
    POINTWISE_FROM_AFAR(1, 256, 33, 40, 32, 1, 1, 0, 1);

    private final ReferenceConv2d reference;
    private final int[] sizes;

    Sizes(
        int batch,
        int inChannels,
        int height,
        int width,
        int outChannels,
        int kernel,
        int stride,
        int padding,
        int groups) {
      reference =
          References.conv2d(
              batch, inChannels, height, width, outChannels, kernel, stride, 1, padding, groups);
      sizes = new int[] {inChannels, height, width, outChannels, kernel, stride, padding, groups};
    }

    private Conv2dGeometry geometry(int batch) {
      return Conv2dGeometry.input(batch, sizes[0], sizes[1], sizes[2])
          .kernel(sizes[3], sizes[4], sizes[4])
          .stride(sizes[5])
          .padding(sizes[6])
          .groups(sizes[7]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void integersAreExact(Sizes sizes) {
    ExactIntegers.requireOfOutputAndGradInput(sizes.reference, List.of(Layout.PLAIN));
  }

  @ParameterizedTest
  @EnumSource
  void theBitsOfEveryOtherWay(Sizes sizes) {
    BatchBits bits = new BatchBits(sizes.geometry(sizes.reference.batch()));
    bits.requireOfTwoThreads();
    bits.requireOfEachAlone(sizes.geometry(1));
    bits.requireOfNativeMemory();
  }

  /** Otherwise the tests above test something else; short vectors take other ways. */
  @Test
  void arraysAreReadInPlace() {
    for (Sizes sizes : EnumSet.range(Sizes.ONE_FILTER, Sizes.GROUPS_SUBSAMPLED)) {
      String chosen = Conv2d.of(sizes.geometry(sizes.reference.batch())).build().explain();
      if (Machine.describe().startsWith("512-bit vectors, 32 registers, fused")) {
        boolean strided = chosen.contains("arrays read in place");
        boolean rolling = chosen.contains("copied, or read in place");
        assertTrue(strided || rolling, sizes + ": " + chosen);
      }
    }
  }

  /** The same of single elements, whose planes are as far apart as their kernels were told. */
  @Test
  void planesAreReadInPlace() {
    for (Sizes sizes :
        EnumSet.range(Sizes.POINTWISE_IN_PORTIONS, Sizes.POINTWISE_GROUPS_IN_PORTIONS)) {
      String chosen = Operators.explain(Operators.geometry(sizes.reference), "forward");
      if (FirstLevelCache.isOfTwoMultiplyAdds()
          && Machine.describe().startsWith("512-bit vectors, 32 registers, fused")) {
        assertTrue(chosen.contains("2 channels a step, read in place"), sizes + ": " + chosen);
      }
    }
  }
}
