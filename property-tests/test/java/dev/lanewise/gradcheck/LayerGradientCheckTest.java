// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.gradcheck;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.conv.Padding;
import dev.lanewise.conv.PaddingMode;
import dev.lanewise.nn.DoubleConv2dLayer;
import dev.lanewise.nn.DoubleLayer;
import dev.lanewise.nn.DoubleParameter;
import dev.lanewise.nn.DoubleTensor;
import dev.lanewise.nn.SplitMix64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The check itself: it passes a right layer and finds each of the classic mistakes. */
class LayerGradientCheckTest {
  private final SplitMix64 random = new SplitMix64(0);
  private final DoubleConv2dLayer right = layer(PaddingMode.CONSTANT);
  private final DoubleTensor input = Numbers.random(random, 2, 2, 5, 4);

  @Test
  void passesARightLayer() {
    LayerGradientCheck.require(right, input, random);
    LayerGradientCheck.require(new Wrong(right, gradInput -> {}), input, random);
  }

  @Test
  void findsAnInputGradientOnePercentTooLarge() {
    assertFound("gradient of input", gradInput -> scale(gradInput, 1.01));
  }

  @Test
  void findsAnInputGradientOneElementTooFarOn() {
    assertFound("gradient of input", LayerGradientCheckTest::shift);
  }

  @Test
  void findsASingleWrongElement() {
    assertFound("gradient of input", gradInput -> gradInput.data()[7] = 0);
  }

  @Test
  void findsNaN() {
    assertFound("gradient of input", gradInput -> gradInput.data()[7] = Double.NaN);
  }

  @Test
  void findsAWeightGradientOneElementTooFarOn() {
    assertFound("gradient of weight", gradInput -> shift(right.weight().gradient()));
  }

  @Test
  void findsAForgottenBiasGradient() {
    DoubleTensor gradient = right.bias().orElseThrow().gradient();
    assertFound("gradient of bias", gradInput -> scale(gradient, 0));
  }

  @Test
  void findsAGradientTakenForAnotherPaddingMode() {
    DoubleConv2dLayer replicating = layer(PaddingMode.REPLICATE);
    copy(right.weight(), replicating.weight());
    replicating.forward(input);
    assertFound(
        "gradient of input",
        new DoubleLayer() {
          @Override
          public DoubleTensor forward(DoubleTensor input) {
            return right.forward(input);
          }

          @Override
          public DoubleTensor backward(DoubleTensor gradOutput) {
            return replicating.backward(gradOutput);
          }
        });
  }

  private void assertFound(String gradient, Consumer<DoubleTensor> mistake) {
    assertFound(gradient, new Wrong(right, mistake));
  }

  private void assertFound(String gradient, DoubleLayer wrong) {
    var e =
        assertThrows(AssertionError.class, () -> LayerGradientCheck.require(wrong, input, random));
    assertTrue(e.getMessage().startsWith(gradient), e.getMessage());
  }

  private DoubleConv2dLayer layer(PaddingMode mode) {
    return DoubleConv2dLayer.of(2, 3, 3).padding(Padding.of(1).mode(mode)).build(random);
  }

  private static void scale(DoubleTensor tensor, double factor) {
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] *= factor;
    }
  }

  private static void shift(DoubleTensor tensor) {
    System.arraycopy(tensor.data(), 0, tensor.data(), 1, tensor.data().length - 1);
  }

  private static void copy(DoubleParameter from, DoubleParameter to) {
    System.arraycopy(from.value().data(), 0, to.value().data(), 0, from.value().data().length);
  }

  /** A right layer with a mistake made at the end of backward. */
  private record Wrong(DoubleLayer right, Consumer<DoubleTensor> mistake) implements DoubleLayer {
    @Override
    public DoubleTensor forward(DoubleTensor input) {
      return right.forward(input);
    }

    @Override
    public DoubleTensor backward(DoubleTensor gradOutput) {
      DoubleTensor gradInput = right.backward(gradOutput);
      mistake.accept(gradInput);
      return gradInput;
    }

    @Override
    public List<DoubleParameter> parameters() {
      return right.parameters();
    }
  }
}
