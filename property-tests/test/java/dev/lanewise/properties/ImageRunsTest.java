// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.reference.ReferenceConv2d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches of small images with many weights: images may be the runs of the direct kernels. */
class ImageRunsTest {
  private enum Sizes {
    /** As the generator and the discriminator of a DCGAN have them. */
    SUBSAMPLED(16, 72, 8, 8, 70, 4, 2, 1, 1, 1),
    PADDED(17, 130, 4, 5, 64, 3, 1, 1, 1, 1),
    UNPADDED(9, 130, 6, 5, 70, 3, 1, 1, 0, 1),
    POINTWISE(8, 520, 4, 5, 70, 1, 1, 1, 0, 1),
    GROUPS(9, 150, 5, 6, 150, 3, 1, 1, 1, 2),
    DILATED(16, 80, 7, 8, 80, 3, 1, 2, 2, 1),
    STRIDE_ABOVE_KERNEL(8, 160, 13, 13, 150, 2, 3, 1, 1, 1),
    MORE_PADDING_THAN_KERNEL(9, 160, 4, 4, 150, 2, 1, 1, 3, 1),
    MANY_IMAGES(50, 64, 5, 5, 64, 3, 1, 1, 1, 1);

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
        int dilation,
        int padding,
        int groups) {
      reference =
          References.conv2d(
              batch,
              inChannels,
              height,
              width,
              outChannels,
              kernel,
              stride,
              dilation,
              padding,
              groups);
      sizes =
          new int[] {
            inChannels, height, width, outChannels, kernel, stride, dilation, padding, groups
          };
    }

    private Conv2dGeometry geometry(int batch) {
      return Conv2dGeometry.input(batch, sizes[0], sizes[1], sizes[2])
          .kernel(sizes[3], sizes[4], sizes[4])
          .stride(sizes[5])
          .dilation(sizes[6])
          .padding(sizes[7])
          .groups(sizes[8]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void integersAreExact(Sizes sizes) {
    ExactIntegers.requireOfOutputAndGradInput(sizes.reference, ExactIntegers.ARRAYS_AND_NATIVE);
  }

  @ParameterizedTest
  @EnumSource
  void theBitsOfEveryOtherWay(Sizes sizes) {
    BatchBits bits = new BatchBits(sizes.geometry(sizes.reference.batch()));
    bits.requireOfTwoThreads();
    bits.requireOfEachAlone(sizes.geometry(1));
    bits.requireOfNativeMemory();
  }

  /** Zeros around an image are operands of an infinite weight. */
  @Test
  void infiniteWeightsMeetThePadding() {
    Conv2d conv = Conv2d.of(Sizes.PADDED.geometry(16)).build();
    Conv2d one = Conv2d.of(Sizes.PADDED.geometry(1)).build();
    float[] input = BatchBits.reals(conv.geometry().inputElements());
    float[] weight = BatchBits.reals(conv.geometry().weightElements());
    weight[0] = Float.POSITIVE_INFINITY;
    float[] output = new float[(int) conv.geometry().outputElements()];
    conv.forward(input, weight, null, output, new float[conv.workspaceFloats()]);
    float[] alone = new float[output.length / 16];
    one.forward(
        BatchBits.image(input, 16, 3), weight, null, alone, new float[one.workspaceFloats()]);
    assertArrayEquals(BatchBits.image(output, 16, 3), alone);
    assertTrue(Float.isNaN(alone[0]));
  }

  /** Otherwise the tests above test something else. */
  @Test
  void largeEnough() {
    for (Sizes sizes : Sizes.values()) {
      String chosen = Conv2d.of(sizes.geometry(16)).build().explain();
      // Products of matrices have no padding to lose.
      if (Machine.SIMD && Machine.FMA && sizes != Sizes.POINTWISE) {
        assertTrue(chosen.contains("images at a time as runs"), sizes + ": " + chosen);
      }
    }
  }
}
