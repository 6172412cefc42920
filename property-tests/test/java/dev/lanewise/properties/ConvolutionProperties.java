// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;
import static dev.lanewise.reference.NumbersPolicy.requireWithinBound;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.conv.Activation;
import dev.lanewise.reference.GradientCheck;
import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConvolution;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * What holds for the convolution and the transposed convolution alike. Every call is watched by
 * {@link Call} besides.
 */
abstract class ConvolutionProperties {
  /** Products and elements of a tiny case. */
  static final long TINY = 150;

  @Provide
  abstract Arbitrary<ConvolutionCase> cases();

  /** So small that every operand can be varied, element by element. */
  @Provide
  abstract Arbitrary<ConvolutionCase> tinyCases();

  @Property
  void forwardAgreesWithTheReference(@ForAll("cases") ConvolutionCase c) {
    ReferenceConvolution reference = c.reference();
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = c.tested(precision);

      Operands integers = Operands.integers(c, precision);
      requireSameBits(
          precision + " output",
          reference.forward(integers.input(), integers.weight(), integers.bias()),
          tested.forward(c.layout(), integers.input(), integers.weight(), integers.bias()));

      Operands reals = Operands.reals(c, precision);
      requireWithinBound(
          precision + " output",
          reference.forward(reals.input(), reals.weight(), reals.bias()),
          tested.forward(c.layout(), reals.input(), reals.weight(), reals.bias()),
          reference.forwardTerms(),
          reference.forwardMagnitude(reals.input(), reals.weight(), reals.bias()),
          precision);
    }
  }

  @Property
  void backwardInputAgreesWithTheReference(@ForAll("cases") ConvolutionCase c) {
    ReferenceConvolution reference = c.reference();
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = c.tested(precision);

      Operands integers = Operands.integers(c, precision);
      requireSameBits(
          precision + " gradInput",
          reference.backwardInput(integers.gradOutput(), integers.weight()),
          tested.backwardInput(c.layout(), integers.gradOutput(), integers.weight()));

      Operands reals = Operands.reals(c, precision);
      requireWithinBound(
          precision + " gradInput",
          reference.backwardInput(reals.gradOutput(), reals.weight()),
          tested.backwardInput(c.layout(), reals.gradOutput(), reals.weight()),
          reference.backwardInputTerms(),
          reference.backwardInputMagnitude(reals.gradOutput(), reals.weight()),
          precision);
    }
  }

  @Property
  void backwardWeightAgreesWithTheReference(@ForAll("cases") ConvolutionCase c) {
    ReferenceConvolution reference = c.reference();
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = c.tested(precision);

      Operands integers = Operands.integers(c, precision);
      double[] exact = reference.backwardWeight(integers.input(), integers.gradOutput());
      requireSameBits(
          precision + " gradWeight",
          exact,
          tested.backwardWeight(c.layout(), integers.input(), integers.gradOutput()));
      requireSameBits(
          precision + " gradWeight, accumulated",
          Vectors.sum(integers.oldGradWeight(), exact),
          tested.backwardWeight(
              c.layout(), integers.input(), integers.gradOutput(), integers.oldGradWeight()));

      Operands reals = Operands.reals(c, precision);
      double[] expected = reference.backwardWeight(reals.input(), reals.gradOutput());
      double[] magnitude = reference.backwardWeightMagnitude(reals.input(), reals.gradOutput());
      requireWithinBound(
          precision + " gradWeight",
          expected,
          tested.backwardWeight(c.layout(), reals.input(), reals.gradOutput()),
          reference.backwardWeightTerms(),
          magnitude,
          precision);
      requireWithinBound(
          precision + " gradWeight, accumulated",
          Vectors.sum(reals.oldGradWeight(), expected),
          tested.backwardWeight(
              c.layout(), reals.input(), reals.gradOutput(), reals.oldGradWeight()),
          reference.backwardWeightTerms(),
          Vectors.sum(Vectors.absolute(reals.oldGradWeight()), magnitude),
          precision);
    }
  }

  @Property
  void backwardBiasAgreesWithTheReference(@ForAll("cases") ConvolutionCase c) {
    ReferenceConvolution reference = c.reference();
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = c.tested(precision);

      Operands integers = Operands.integers(c, precision);
      double[] exact = reference.backwardBias(integers.gradOutput());
      requireSameBits(
          precision + " gradBias", exact, tested.backwardBias(c.layout(), integers.gradOutput()));
      requireSameBits(
          precision + " gradBias, accumulated",
          Vectors.sum(integers.oldGradBias(), exact),
          tested.backwardBias(c.layout(), integers.gradOutput(), integers.oldGradBias()));

      Operands reals = Operands.reals(c, precision);
      requireWithinBound(
          precision + " gradBias",
          reference.backwardBias(reals.gradOutput()),
          tested.backwardBias(c.layout(), reals.gradOutput()),
          reference.backwardBiasTerms(),
          reference.backwardBiasMagnitude(reals.gradOutput()),
          precision);
    }
  }

  /** Wherever the operands lie, and in a second call as in the first. */
  @Property
  void everyLayoutGivesTheSameBits(@ForAll("cases") ConvolutionCase c) {
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = c.tested(precision);
      Operands o = Operands.reals(c, precision);
      requireSameBits(
          precision + " output",
          tested.forward(Layout.PLAIN, o.input(), o.weight(), o.bias()),
          tested.forward(c.layout(), o.input(), o.weight(), o.bias()));
      requireSameBits(
          precision + " gradInput",
          tested.backwardInput(Layout.PLAIN, o.gradOutput(), o.weight()),
          tested.backwardInput(c.layout(), o.gradOutput(), o.weight()));
      requireSameBits(
          precision + " gradWeight",
          tested.backwardWeight(Layout.PLAIN, o.input(), o.gradOutput()),
          tested.backwardWeight(c.layout(), o.input(), o.gradOutput()));
      requireSameBits(
          precision + " gradBias",
          tested.backwardBias(Layout.PLAIN, o.gradOutput()),
          tested.backwardBias(c.layout(), o.gradOutput()));
    }
  }

  @Property
  void aPackedWeightGivesTheSameBits(@ForAll("cases") ConvolutionCase c) {
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = c.tested(precision);
      for (Operands o : List.of(Operands.reals(c, precision), Operands.nonFinite(c, precision))) {
        requireSameBits(
            precision + " output",
            tested.forward(c.layout(), o.input(), o.weight(), o.bias()),
            tested.forwardPacked(c.layout(), o.input(), o.weight(), o.bias(), null));
        requireSameBits(
            precision + " gradInput",
            tested.backwardInput(c.layout(), o.gradOutput(), o.weight()),
            tested.backwardInputPacked(c.layout(), o.gradOutput(), o.weight()));
      }
    }
  }

  /** Bit for bit, as if done to the finished output of a plan without. */
  @Property
  void residualAndActivationFollowTheSum(
      @ForAll("cases") ConvolutionCase c, @ForAll("activations") Activation activation) {
    for (Precision precision : Precision.values()) {
      TestedConvolution plain = c.tested(precision);
      TestedConvolution fused = c.tested(precision, PlanOptions.DEFAULT.with(activation));
      for (Operands o : List.of(Operands.reals(c, precision), Operands.nonFinite(c, precision))) {
        double[] sums = plain.forward(c.layout(), o.input(), o.weight(), o.bias());
        requireSameBits(
            precision + " output",
            Activations.of(activation, sums, precision),
            fused.forward(c.layout(), o.input(), o.weight(), o.bias()));
        requireSameBits(
            precision + " output with a residual",
            Activations.of(activation, Activations.sum(sums, o.gradOutput(), precision), precision),
            fused.forwardPacked(c.layout(), o.input(), o.weight(), o.bias(), o.gradOutput()));
      }
    }
  }

  @Provide
  Arbitrary<Activation> activations() {
    return Arbitraries.of(
        Activation.none(),
        Activation.relu(),
        Activation.leakyRelu(0.01),
        Activation.leakyRelu(-2),
        Activation.clamp(0, 6),
        Activation.clamp(-1.5, 2.5));
  }

  /** However many there are, and whether or not they come. */
  @Property
  void anyNumberOfThreadsGivesTheSameBits(
      @ForAll("cases") ConvolutionCase c, @ForAll @IntRange(min = 1, max = 16) int threads) {
    for (Precision precision : Precision.values()) {
      TestedConvolution alone = c.tested(precision);
      Operands o = Operands.reals(c, precision);
      double[] output = alone.forward(c.layout(), o.input(), o.weight(), o.bias());
      double[] gradInput = alone.backwardInput(c.layout(), o.gradOutput(), o.weight());
      double[] gradWeight = alone.backwardWeight(c.layout(), o.input(), o.gradOutput());
      for (Executor executor : List.<Executor>of(ForkJoinPool.commonPool(), task -> {})) {
        TestedConvolution shared = c.tested(precision, PlanOptions.DEFAULT.with(executor, threads));
        requireSameBits(
            precision + " output",
            output,
            shared.forward(c.layout(), o.input(), o.weight(), o.bias()));
        requireSameBits(
            precision + " output, packed weight",
            output,
            shared.forwardPacked(c.layout(), o.input(), o.weight(), o.bias(), null));
        requireSameBits(
            precision + " gradInput",
            gradInput,
            shared.backwardInput(c.layout(), o.gradOutput(), o.weight()));
        requireSameBits(
            precision + " gradInput, packed weight",
            gradInput,
            shared.backwardInputPacked(c.layout(), o.gradOutput(), o.weight()));
        requireSameBits(
            precision + " gradWeight",
            gradWeight,
            shared.backwardWeight(c.layout(), o.input(), o.gradOutput()));
      }
    }
  }

  @Property
  void aSampleHasTheSameBitsInEveryBatch(@ForAll("cases") ConvolutionCase c) {
    int batch = References.batch(c.reference());
    ReferenceConvolution single = References.withBatch(c.reference(), 1);
    for (Precision precision : Precision.values()) {
      Operands o = Operands.reals(c, precision);
      TestedConvolution tested = c.tested(precision);
      TestedConvolution alone = new TestedConvolution(single, precision);
      double[] output = tested.forward(c.layout(), o.input(), o.weight(), o.bias());
      double[] gradInput = tested.backwardInput(c.layout(), o.gradOutput(), o.weight());
      for (int n = 0; n < batch; n++) {
        double[] input = Vectors.part(o.input(), n, batch);
        requireSameBits(
            precision + " output of sample " + n,
            alone.forward(c.layout(), input, o.weight(), o.bias()),
            Vectors.part(output, n, batch));
        double[] gradOutput = Vectors.part(o.gradOutput(), n, batch);
        requireSameBits(
            precision + " gradInput of sample " + n,
            alone.backwardInput(c.layout(), gradOutput, o.weight()),
            Vectors.part(gradInput, n, batch));
      }
    }
  }

  /**
   * ⟨conv(x, w) − conv(0, w), g⟩ = ⟨x, backwardInput(g, w)⟩ and ⟨conv(x, w), g⟩ = ⟨w,
   * backwardWeight(x, g)⟩. The subtrahend is what a padding value other than 0 adds.
   */
  @Property
  void theGradientsAreAdjoints(@ForAll("cases") ConvolutionCase c) {
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = c.tested(precision);
      Operands o = Operands.integers(c, precision);
      double[] output = tested.forward(c.layout(), o.input(), o.weight(), null);
      double[] ofZeros = tested.forward(c.layout(), new double[o.input().length], o.weight(), null);
      assertEquals(
          Vectors.dot(Vectors.difference(output, ofZeros), o.gradOutput()),
          Vectors.dot(o.input(), tested.backwardInput(c.layout(), o.gradOutput(), o.weight())));
      assertEquals(
          Vectors.dot(output, o.gradOutput()),
          Vectors.dot(o.weight(), tested.backwardWeight(c.layout(), o.input(), o.gradOutput())));
    }
  }

  /** conv(x + x', w) + conv(0, w) = conv(x, w) + conv(x', w), and the like in w. */
  @Property
  void forwardIsLinearInInputAndWeight(@ForAll("cases") ConvolutionCase c) {
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = c.tested(precision);
      Operands first = Operands.halfIntegers(c, precision, c.seed());
      Operands second = Operands.halfIntegers(c, precision, ~c.seed());
      double[] zeros = new double[first.input().length];
      requireSameBits(
          precision + " output, two inputs",
          Vectors.sum(
              tested.forward(c.layout(), first.input(), first.weight(), null),
              tested.forward(c.layout(), second.input(), first.weight(), null)),
          Vectors.sum(
              tested.forward(
                  c.layout(), Vectors.sum(first.input(), second.input()), first.weight(), null),
              tested.forward(c.layout(), zeros, first.weight(), null)));
      requireSameBits(
          precision + " output, two weights",
          Vectors.sum(
              tested.forward(c.layout(), first.input(), first.weight(), null),
              tested.forward(c.layout(), first.input(), second.weight(), null)),
          tested.forward(
              c.layout(), first.input(), Vectors.sum(first.weight(), second.weight()), null));
    }
  }

  /** An infinity times a padding of 0 is NaN, and so is everything it is added to. */
  @Property
  void nonFiniteNumbersSpreadAsInTheReference(@ForAll("cases") ConvolutionCase c) {
    ReferenceConvolution reference = c.reference();
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = c.tested(precision);
      Operands o = Operands.nonFinite(c, precision);
      requireSameBits(
          precision + " output",
          reference.forward(o.input(), o.weight(), o.bias()),
          tested.forward(c.layout(), o.input(), o.weight(), o.bias()));
      requireSameBits(
          precision + " gradInput",
          reference.backwardInput(o.gradOutput(), o.weight()),
          tested.backwardInput(c.layout(), o.gradOutput(), o.weight()));
      requireSameBits(
          precision + " gradWeight",
          reference.backwardWeight(o.input(), o.gradOutput()),
          tested.backwardWeight(c.layout(), o.input(), o.gradOutput()));
      requireSameBits(
          precision + " gradBias",
          reference.backwardBias(o.gradOutput()),
          tested.backwardBias(c.layout(), o.gradOutput()));
    }
  }

  @Property
  void theReferencesOwnGradientsPassTheGradientCheck(@ForAll("tinyCases") ConvolutionCase c) {
    ReferenceConvolution reference = c.reference();
    Operands o = Operands.digits(c);
    GradientCheck.require(
        "input",
        x -> Vectors.dot(reference.forward(x, o.weight(), o.bias()), o.gradOutput()),
        o.input(),
        reference.backwardInput(o.gradOutput(), o.weight()));
    GradientCheck.require(
        "weight",
        w -> Vectors.dot(reference.forward(o.input(), w, o.bias()), o.gradOutput()),
        o.weight(),
        reference.backwardWeight(o.input(), o.gradOutput()));
    if (o.bias() != null) {
      GradientCheck.require(
          "bias",
          b -> Vectors.dot(reference.forward(o.input(), o.weight(), b), o.gradOutput()),
          o.bias(),
          reference.backwardBias(o.gradOutput()));
    }
  }

  @Property
  void theGradientsPassTheGradientCheck(@ForAll("tinyCases") ConvolutionCase c) {
    TestedConvolution tested = c.tested(Precision.DOUBLE);
    Layout layout = c.layout();
    Operands o = Operands.digits(c);
    GradientCheck.require(
        "input",
        x -> Vectors.dot(tested.forward(layout, x, o.weight(), o.bias()), o.gradOutput()),
        o.input(),
        tested.backwardInput(layout, o.gradOutput(), o.weight()));
    GradientCheck.require(
        "weight",
        w -> Vectors.dot(tested.forward(layout, o.input(), w, o.bias()), o.gradOutput()),
        o.weight(),
        tested.backwardWeight(layout, o.input(), o.gradOutput()));
    if (o.bias() != null) {
      GradientCheck.require(
          "bias",
          b -> Vectors.dot(tested.forward(layout, o.input(), o.weight(), b), o.gradOutput()),
          o.bias(),
          tested.backwardBias(layout, o.gradOutput()));
    }
  }
}
