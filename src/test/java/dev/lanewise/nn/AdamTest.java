// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class AdamTest {
  private final Parameter parameter = Parameter.of("weight", Tensor.zeros(1));

  /**
   * With β₁ = 1/2, β₂ = 3/4, ε = 0 and learning rate 1, every number can be worked out by hand.
   *
   * <pre>
   * g =  2: m = 1,    v = 1,    θ = 0  − 1/(1/2) · 1 / (1 / (1/2))              = −1
   * g = −2: m = −1/2, v = 7/4,  θ = −1 − 1/(3/4) · (−1/2) / (√(7/4) / √(7/16))  = −2/3
   * </pre>
   */
  @Test
  void twoStepsByHand() {
    Adam adam = Adam.of(List.of(parameter)).learningRate(1).betas(0.5, 0.75).epsilon(0).build();
    assertEquals(-1, stepped(adam, 2));
    // −2/3 as float arithmetic has it: 4/3 rounds up, and so does 2/3 after it.
    assertEquals(-1 + 0.33333334f, stepped(adam, -2));
  }

  /** The figures are those of PyTorch's operations, one by one in single precision. */
  @Test
  void threeStepsAtPyTorchsSettings() {
    parameter.value().data()[0] = 0.5f;
    Adam adam = Adam.of(List.of(parameter)).build();
    assertEquals(0.499000013f, stepped(adam, 0.1f));
    assertEquals(0.499494195f, stepped(adam, -0.3f));
    assertEquals(0.499397486f, stepped(adam, 0.25f));
  }

  @Test
  void aFirstStepGoesAsFarAsTheLearningRateSays() {
    Adam adam = Adam.of(List.of(parameter)).learningRate(0.25).epsilon(0).betas(0, 0).build();
    assertEquals(-0.25f, stepped(adam, 1e-6f));
    assertEquals(0, stepped(adam, -1e6f));
    adam.learningRate(4);
    assertEquals(4, adam.learningRate());
    assertEquals(-4, stepped(adam, 3));
  }

  /** v = 1 and √v / √(1/4) = 2, so θ = −2 / (2 + ε). */
  @Test
  void epsilonIsAddedToTheCorrectedRoot() {
    Adam adam = Adam.of(List.of(parameter)).learningRate(1).betas(0, 0.75).epsilon(2).build();
    assertEquals(-0.5f, stepped(adam, 2));
  }

  @Test
  void changesEveryElementOfEveryParameter() {
    Parameter wide = Parameter.of("bias", Tensor.zeros(3));
    Adam adam = Adam.of(List.of(parameter, wide)).learningRate(1).epsilon(0).betas(0, 0).build();
    parameter.gradient().data()[0] = 5;
    System.arraycopy(new float[] {1, -2, 3}, 0, wide.gradient().data(), 0, 3);
    adam.step();
    assertArrayEquals(new float[] {-1}, parameter.value().data());
    assertArrayEquals(new float[] {-1, 1, -1}, wide.value().data());
    adam.zeroGrad();
    assertArrayEquals(new float[1], parameter.gradient().data());
    assertArrayEquals(new float[3], wide.gradient().data());
  }

  @Test
  void withoutAGradientNothingMoves() {
    Adam adam = Adam.of(List.of(parameter)).build();
    assertEquals(0, stepped(adam, 0));
  }

  @Test
  void refusesSettingsThatPyTorchRefuses() {
    Adam.Builder builder = Adam.of(List.of(parameter));
    assertRefused("Invalid learning rate: -1.0", () -> builder.learningRate(-1));
    assertRefused("Invalid learning rate: NaN", () -> builder.build().learningRate(Double.NaN));
    assertRefused("Invalid beta parameter at index 0: 1.0", () -> builder.betas(1, 0.999));
    assertRefused("Invalid beta parameter at index 1: -0.1", () -> builder.betas(0.9, -0.1));
    assertRefused("Invalid epsilon value: -1.0E-8", () -> builder.epsilon(-1e-8));
  }

  private float stepped(Adam adam, float gradient) {
    parameter.gradient().data()[0] = gradient;
    adam.step();
    return parameter.value().data()[0];
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
