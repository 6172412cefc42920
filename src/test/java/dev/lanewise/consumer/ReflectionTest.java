// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.consumer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.conv.DoubleConv2d;
import dev.lanewise.conv.DoubleConvTranspose2d;
import dev.lanewise.conv.DoubleFold;
import dev.lanewise.conv.DoubleUnfold;
import dev.lanewise.conv.Fold;
import dev.lanewise.conv.Unfold;
import dev.lanewise.gemm.DoubleGemm;
import dev.lanewise.gemm.Gemm;
import dev.lanewise.nn.Conv2dLayer;
import dev.lanewise.nn.ConvTranspose2dLayer;
import dev.lanewise.nn.DoubleConv2dLayer;
import dev.lanewise.nn.DoubleConvTranspose2dLayer;
import dev.lanewise.nn.SplitMix64;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that find methods by name, from a package of their own, can call what they find. */
class ReflectionTest {

  @Test
  void aPassCanBeInvoked() throws Exception {
    Conv2d conv = Conv2d.of(Conv2dGeometry.input(1, 1, 2).kernel(1, 1, 2)).build();
    float[] output = new float[1];
    Conv2d.class
        .getMethod(
            "forward", float[].class, float[].class, float[].class, float[].class, float[].class)
        .invoke(
            conv,
            new float[] {1, 2},
            new float[] {3, 4},
            new float[] {5},
            output,
            new float[conv.workspaceFloats()]);
    assertArrayEquals(new float[] {16}, output);
  }

  @Test
  void aParameterCanBeAskedFor() throws Exception {
    Conv2dLayer layer = Conv2dLayer.of(1, 1, 3).build(new SplitMix64(1));
    assertSame(layer.weight(), Conv2dLayer.class.getMethod("weight").invoke(layer));
  }

  /** A public method of a class that is not public can be found, but not called. */
  @ParameterizedTest
  @MethodSource("types")
  void everyMethodBelongsToAPublicType(Class<?> type) {
    List<Method> outOfReach =
        Arrays.stream(type.getMethods())
            .filter(method -> !Modifier.isPublic(method.getDeclaringClass().getModifiers()))
            .toList();
    assertEquals(List.of(), outOfReach);
  }

  static Stream<Class<?>> types() {
    return Stream.of(
        Conv2d.class,
        DoubleConv2d.class,
        ConvTranspose2d.class,
        DoubleConvTranspose2d.class,
        Unfold.class,
        DoubleUnfold.class,
        Fold.class,
        DoubleFold.class,
        Gemm.class,
        DoubleGemm.class,
        Conv2dLayer.class,
        DoubleConv2dLayer.class,
        ConvTranspose2dLayer.class,
        DoubleConvTranspose2dLayer.class);
  }
}
