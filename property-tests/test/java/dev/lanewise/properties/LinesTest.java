// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.internal.simd.Machine;
import dev.lanewise.reference.ReferenceConv2d;
import dev.lanewise.reference.ReferencePadding;
import dev.lanewise.reference.ReferenceWindow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kernels of two and three columns, of which a step of the direct kernels takes a row. */
class LinesTest {
  private enum Sizes {
    ONE_RUN(2, 32, 7, 5, 32, 3, 1, 1),
    ONE_SEGMENT(1, 33, 5, 30, 64, 3, 1, 1),
    TWO_SEGMENTS(1, 32, 4, 31, 32, 3, 1, 1),
    FOUR_SEGMENTS(1, 32, 3, 95, 32, 3, 1, 1),
    BANDS(2, 32, 37, 11, 32, 3, 1, 1),
    SEVERAL_CUTS(1, 350, 4, 8, 32, 3, 0, 1),
    GROUPS(1, 64, 8, 11, 64, 3, 1, 2),
    UNPADDED(2, 32, 9, 14, 32, 3, 0, 1),
    MUCH_PADDING(1, 32, 4, 6, 32, 3, 5, 1, 3, 1, 1, "backwardInput"),
    TALL_KERNEL(1, 32, 9, 13, 32, 6, 2, 1),
    ONE_KERNEL_ROW(1, 64, 6, 12, 64, 1, 1, 1),
    STRIDED(1, 33, 9, 37, 64, 3, 1, 1, 3, 2, 1, "forward"),
    STRIDED_BANDS(2, 32, 47, 28, 34, 3, 1, 1, 3, 2, 1, "backwardInput"),
    DILATED(1, 32, 11, 31, 64, 3, 2, 1, 3, 1, 2, "forward"),
    TWO_COLUMNS(1, 40, 9, 25, 64, 2, 1, 1, 2, 1, 1, "forward"),
    SUB_PIXELS(1, 64, 18, 20, 32, 4, 1, 2, 4, 2, 1, "backwardInput"),
    SEVERAL_CUTS_OF_SUB_PIXELS(1, 32, 8, 34, 350, 3, 1, 1, 3, 2, 1, "backwardInput");

    private final ReferenceConv2d reference;

    /** One that is computed so; others may be as well. */
    private final String pass;

    Sizes(
        int batch,
        int inChannels,
        int height,
        int width,
        int outChannels,
        int kernelRows,
        int padding,
        int groups) {
      this(
          batch,
          inChannels,
          height,
          width,
          outChannels,
          kernelRows,
          padding,
          groups,
          3,
          1,
          1,
          "forward");
    }

    Sizes(
        int batch,
        int inChannels,
        int height,
        int width,
        int outChannels,
        int kernelRows,
        int padding,
        int groups,
        int kernelColumns,
        int stride,
        int dilation,
        String pass) {
      this.pass = pass;
      reference =
          new ReferenceConv2d(
              batch,
              inChannels,
              height,
              width,
              outChannels,
              new ReferenceWindow(
                  kernelRows,
                  kernelColumns,
                  stride,
                  stride,
                  dilation,
                  dilation,
                  ReferencePadding.zeros(padding, padding, padding, padding)),
              groups);
    }
  }

  @ParameterizedTest
  @EnumSource
  void integersAreExact(Sizes sizes) {
    ExactIntegers.requireOfOutputAndGradInput(sizes.reference, ExactIntegers.ARRAYS_AND_NATIVE);
  }

  /** What surrounds the image, in three segments of a row, of which one has nothing around it. */
  @ParameterizedTest
  @EnumSource
  void everyPadding(ReferencePadding.Mode mode) {
    int value = mode == ReferencePadding.Mode.CONSTANT ? 3 : 0;
    ReferencePadding padding = new ReferencePadding(1, 2, 0, 1, mode, value);
    ReferenceWindow window = new ReferenceWindow(3, 3, 1, 1, 1, 1, padding);
    ExactIntegers.requireOfOutputAndGradInput(
        new ReferenceConv2d(1, 32, 4, 64, 32, window, 1), ExactIntegers.ARRAYS_AND_NATIVE);
  }

  @ParameterizedTest
  @EnumSource
  void theBitsOfEveryOtherWay(Sizes sizes) {
    BatchBits bits = new BatchBits(Operators.geometry(sizes.reference));
    bits.requireOfTwoThreads();
    bits.requireOfEachAlone(Operators.geometry(sizes.reference, 1));
    bits.requireOfNativeMemory();
  }

  /** Otherwise the tests above test something else. */
  @ParameterizedTest
  @EnumSource
  void severalTapsAStep(Sizes sizes) {
    String chosen = Operators.explain(Operators.geometry(sizes.reference), sizes.pass);
    boolean registers = Machine.SIMD && Machine.FMA && Machine.REGISTERS >= 32;
    assertEquals(registers, chosen.contains("a step, lines of"), chosen);
  }
}
