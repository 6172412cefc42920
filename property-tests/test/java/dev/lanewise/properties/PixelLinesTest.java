// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.internal.simd.Machine;
import dev.lanewise.reference.ReferenceConv2d;
import dev.lanewise.reference.ReferencePadding;
import dev.lanewise.reference.ReferenceWindow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Few filters of three columns on rows that fill vectors, which tiles read in lines. */
class PixelLinesTest {
  private enum Sizes {
    ONE_VECTOR(2, 3, 5, 16, 2, 3, 1, 1),
    SHORTEST_LINE(1, 4, 7, 30, 5, 3, 1, 1),
    NEXT_LINE(1, 8, 6, 31, 7, 3, 1, 1),
    UNPADDED(1, 5, 9, 34, 7, 3, 0, 1),
    THREE_VECTORS(1, 8, 5, 47, 9, 3, 1, 1),
    BANDS(1, 16, 90, 62, 3, 3, 1, 1),
    LONGEST_LINE(1, 3, 4, 126, 4, 3, 1, 1),
    GROUPS(3, 12, 8, 32, 14, 3, 1, 2),
    MUCH_PADDING(1, 2, 3, 28, 4, 3, 3, 1),
    TALL_KERNEL(1, 4, 12, 34, 6, 7, 0, 1),
    ONE_KERNEL_ROW(1, 6, 5, 32, 6, 1, 1, 1);

    private final ReferenceConv2d reference;

    Sizes(
        int batch,
        int inChannels,
        int height,
        int width,
        int outChannels,
        int kernelRows,
        int padding,
        int groups) {
      reference =
          new ReferenceConv2d(
              batch,
              inChannels,
              height,
              width,
              outChannels,
              new ReferenceWindow(
                  kernelRows,
                  3,
                  1,
                  1,
                  1,
                  1,
                  ReferencePadding.zeros(padding, padding, padding, padding)),
              groups);
    }
  }

  @ParameterizedTest
  @EnumSource
  void integersAreExact(Sizes sizes) {
    ExactIntegers.requireOfOutputAndGradInput(sizes.reference, ExactIntegers.ARRAYS_AND_NATIVE);
  }

  @ParameterizedTest
  @EnumSource
  void everyPadding(ReferencePadding.Mode mode) {
    int value = mode == ReferencePadding.Mode.CONSTANT ? 3 : 0;
    ReferencePadding padding = new ReferencePadding(1, 2, 0, 1, mode, value);
    ReferenceWindow window = new ReferenceWindow(3, 3, 1, 1, 1, 1, padding);
    ExactIntegers.requireOfOutputAndGradInput(
        new ReferenceConv2d(1, 4, 6, 33, 5, window, 1), ExactIntegers.ARRAYS_AND_NATIVE);
  }

  /** Backwards the rows have phases, and each begins elsewhere. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void everyFewRows(int stride) {
    ReferencePadding padding = ReferencePadding.zeros(1, 1, 1, 1);
    ReferenceWindow window = new ReferenceWindow(5, 3, stride, 1, 1, 1, padding);
    ExactIntegers.requireOfOutputAndGradInput(
        new ReferenceConv2d(1, 5, 12, 33, 4, window, 1), ExactIntegers.ARRAYS_AND_NATIVE);
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
  void areLines(Sizes sizes) {
    String chosen = Operators.explain(Operators.geometry(sizes.reference), "forward");
    boolean registers = Machine.SIMD && Machine.FMA && Machine.REGISTERS >= 32;
    assertEquals(registers, chosen.contains("in lines of"), chosen);
  }
}
