// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SequentialTest {
  private final List<String> calls = new ArrayList<>();

  @Test
  void appliesTheLayersInOrderAndDerivesThemInReverse() {
    Sequential network = Sequential.of(new Recorded("a"), new Recorded("b"), new Recorded("c"));
    network.forward(Tensor.zeros(1));
    network.backward(Tensor.zeros(1));
    assertEquals(
        List.of("a forward", "b forward", "c forward", "c backward", "b backward", "a backward"),
        calls);
  }

  @Test
  void derivesNoFurtherThanTheFirstParameter() {
    Parameter parameter = Parameter.of("weight", Tensor.zeros(1));
    Sequential network =
        Sequential.of(new Recorded("a"), new Recorded("b", parameter), new Recorded("c"));
    network.backwardParameters(Tensor.zeros(1));
    assertEquals(List.of("c backward", "b backwardParameters"), calls);
  }

  @Test
  void withoutParametersThereIsNothingToDerive() {
    Sequential.of(new Recorded("a")).backwardParameters(Tensor.zeros(1));
    assertEquals(List.of(), calls);
  }

  @Test
  void namesParametersByThePlaceOfTheirLayer() {
    Parameter first = Parameter.of("weight", Tensor.zeros(2));
    Parameter second = Parameter.of("bias", Tensor.zeros(3));
    Sequential network =
        Sequential.of(
            new Recorded("a", first),
            new Recorded("b"),
            Sequential.of(new Recorded("c", second, first)));
    List<Parameter> parameters = network.parameters();
    assertEquals("[0.weight[2], 2.0.bias[3], 2.0.weight[2]]", parameters.toString());
    assertSame(second.value(), parameters.get(1).value());
    assertSame(second.gradient(), parameters.get(1).gradient());
  }

  @Test
  void zeroGradReachesEveryLayer() {
    Parameter parameter = Parameter.of("weight", Tensor.zeros(2));
    parameter.gradient().data()[1] = 1;
    Sequential.of(Sequential.of(new Recorded("a", parameter))).zeroGrad();
    assertArrayEquals(new float[2], parameter.gradient().data());
  }

  @Test
  void refusesALayerInTwoPlaces() {
    Recorded layer = new Recorded("a");
    refusedAt(2, layer, new Recorded("b"), layer);
  }

  @Test
  void refusesALayerThatIsAlsoInsideASequence() {
    Recorded layer = new Recorded("a");
    Sequential inner = Sequential.of(new Recorded("b"), Sequential.of(layer));
    refusedAt(1, layer, inner);
    refusedAt(1, inner, layer);
    refusedAt(2, inner, new Recorded("c"), inner);
    refusedAt(1, inner, Sequential.of(layer));
  }

  @Test
  void aMissingGradientIsNamed() {
    Sequential learning = Sequential.of(new Recorded("a", Parameter.of("weight", Tensor.zeros(1))));
    for (Sequential network :
        List.of(Sequential.of(), Sequential.of(new Recorded("b")), learning)) {
      assertNamed("gradOutput", () -> network.backwardParameters(null));
      assertNamed("gradOutput", () -> network.backward(null));
    }
    assertEquals(List.of(), calls);
  }

  private static void refusedAt(int index, Layer... layers) {
    var e = assertThrows(IllegalArgumentException.class, () -> Sequential.of(layers));
    assertEquals(
        "layers: index %d brings an object that is there before; a layer serves one place"
            .formatted(index),
        e.getMessage());
  }

  private static void assertNamed(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  /** The identity, which writes down what was asked of it. */
  private final class Recorded implements Layer {
    private final String name;
    private final List<Parameter> parameters;

    Recorded(String name, Parameter... parameters) {
      this.name = name;
      this.parameters = List.of(parameters);
    }

    @Override
    public Tensor forward(Tensor input) {
      calls.add(name + " forward");
      return input;
    }

    @Override
    public Tensor backward(Tensor gradOutput) {
      calls.add(name + " backward");
      return gradOutput;
    }

    @Override
    public void backwardParameters(Tensor gradOutput) {
      calls.add(name + " backwardParameters");
    }

    @Override
    public List<Parameter> parameters() {
      return parameters;
    }
  }
}
