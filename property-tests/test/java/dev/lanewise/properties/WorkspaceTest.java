// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.conv.Arithmetic;
import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.conv.Padding;
import dev.lanewise.gemm.DoubleGemm;
import dev.lanewise.gemm.Gemm;
import dev.lanewise.reference.Precision;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However large the operands are, the scratch memory is not. */
class WorkspaceTest {
  private static final long MOST_BYTES = 8 << 20;

  @ParameterizedTest
  @MethodSource("convolutions")
  void ofAConvolutionIsBounded(Conv2dGeometry geometry) {
    for (Precision precision : Precision.values()) {
      requireBounded(precision, Operators.of(geometry, precision));
    }
  }

  @ParameterizedTest
  @MethodSource("transposedConvolutions")
  void ofATransposedConvolutionIsBounded(ConvTranspose2dGeometry geometry) {
    for (Precision precision : Precision.values()) {
      requireBounded(precision, Operators.of(geometry, precision));
    }
  }

  /** By Winograd's algorithm too, and for as many threads as a caller cares to name. */
  @ParameterizedTest
  @MethodSource("convolutions")
  void isBoundedForEachThread(Conv2dGeometry geometry) {
    for (Arithmetic arithmetic : Arithmetic.values()) {
      for (int threads : new int[] {1, 4, Integer.MAX_VALUE}) {
        long bytes =
            Conv2d.of(geometry)
                .arithmetic(arithmetic)
                .threads(Runnable::run, threads)
                .build()
                .workspaceBytes();
        long most = Math.min(threads, 512) * MOST_BYTES;
        assertTrue(
            bytes > 0 && bytes <= most, geometry + " on " + threads + ": " + bytes + " bytes");
      }
    }
  }

  @Test
  void ofAProductIsBounded() {
    int size = 100_000;
    requireBounded(Precision.FLOAT, Gemm.of(size, size, size).build());
    requireBounded(Precision.FLOAT, Gemm.of(size, size, size).transposeA().transposeB().build());
    requireBounded(Precision.DOUBLE, DoubleGemm.of(size, size, size).build());
    requireBounded(
        Precision.DOUBLE, DoubleGemm.of(size, size, size).transposeA().transposeB().build());
  }

  private static void requireBounded(Precision precision, Object operator) {
    int elementBytes = precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
    long bytes = (long) Operators.workspace(operator) * elementBytes;
    assertTrue(bytes <= MOST_BYTES, operator + " in " + precision + ": " + bytes + " bytes");
  }

  static Stream<Conv2dGeometry> convolutions() {
    Conv2dGeometry large = Conv2dGeometry.input(64, 224, 224).kernel(64, 3, 3);
    Conv2dGeometry deep = Conv2dGeometry.input(4096, 7, 7);
    return Stream.of(
        Conv2dGeometry.input(3, 32, 32).kernel(65_536, 3, 3).padding(1),
        Conv2dGeometry.input(16, 7, 7).kernel(65_536, 1, 1),
        deep.kernel(4096, 7, 7),
        deep.kernel(4096, 3, 3).padding(1),
        deep.kernel(4096, 1, 1),
        deep.kernel(4096, 3, 3).groups(4096),
        large.padding(1),
        large.padding(Padding.same()).dilation(3),
        large.stride(2));
  }

  static Stream<ConvTranspose2dGeometry> transposedConvolutions() {
    ConvTranspose2dGeometry large = ConvTranspose2dGeometry.input(64, 224, 224).kernel(64, 3, 3);
    ConvTranspose2dGeometry deep = ConvTranspose2dGeometry.input(4096, 7, 7);
    return Stream.of(
        ConvTranspose2dGeometry.input(3, 32, 32).kernel(65_536, 3, 3).padding(1),
        ConvTranspose2dGeometry.input(65_536, 7, 7).kernel(16, 1, 1),
        deep.kernel(4096, 7, 7),
        deep.kernel(4096, 1, 1),
        deep.kernel(4096, 3, 3).groups(4096),
        large.padding(1),
        large.stride(2).dilation(3));
  }
}
