// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;
import static dev.lanewise.reference.NumbersPolicy.requireWithinWinogradBound;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.conv.Activation;
import dev.lanewise.conv.Arithmetic;
import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConv2d;
import dev.lanewise.reference.ReferenceConvTranspose2d;
import dev.lanewise.reference.ReferenceConvolution;
import dev.lanewise.reference.ReferencePadding;
import dev.lanewise.reference.ReferencePadding.Mode;
import dev.lanewise.reference.ReferenceWinograd;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * What {@link Arithmetic#FAST} promises of Winograd's algorithms, each forced on windows of 3×3 of
 * any size, whatever the plan would choose.
 */
class WinogradProperties {
  private static final PlanOptions FAST = PlanOptions.DEFAULT.with(Arithmetic.FAST);

  @Provide
  Arbitrary<ConvolutionCase> cases() {
    return Arbitraries.oneOf(
        ConvolutionCase.of(Cases.conv2dOf3x3()), ConvolutionCase.of(Cases.convTranspose2dOf3x3()));
  }

  @Provide
  Arbitrary<ReferenceWinograd> winograds() {
    return Arbitraries.of(new ReferenceWinograd(2), new ReferenceWinograd(4));
  }

  @Property
  void resultsAreWithinTheBound(
      @ForAll("cases") ConvolutionCase c, @ForAll("winograds") ReferenceWinograd winograd) {
    ReferenceConvolution reference = c.reference();
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = forced(c, precision, winograd, FAST);
      Operands o = Operands.reals(c, precision);
      requireWithinWinogradBound(
          precision + " output",
          reference.forward(o.input(), o.weight(), o.bias()),
          tested.forward(c.layout(), o.input(), o.weight(), o.bias()),
          winograd,
          reference.forwardTerms() / 9,
          winograd.forward(reference, o.input(), o.weight(), o.bias()),
          precision);
      if (appliesBackwards(reference)) {
        requireWithinWinogradBound(
            precision + " gradInput",
            reference.backwardInput(o.gradOutput(), o.weight()),
            tested.backwardInput(c.layout(), o.gradOutput(), o.weight()),
            winograd,
            reference.backwardInputTerms() / 9,
            winograd.backwardInput(reference, o.gradOutput(), o.weight()),
            precision);
      }
    }
  }

  /** With weights that are multiples of 4, since the transform of the weight halves twice. */
  @Property
  void tilesOf2x2AreExactOnSmallIntegers(@ForAll("cases") ConvolutionCase c) {
    ReferenceConvolution reference = c.reference();
    ReferenceWinograd winograd = new ReferenceWinograd(2);
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = forced(c, precision, winograd, FAST);
      Operands o = Operands.fourfoldWeights(c, precision);
      requireSmall(winograd.forward(reference, o.input(), o.weight(), o.bias()), precision);
      requireSameBits(
          precision + " output",
          reference.forward(o.input(), o.weight(), o.bias()),
          tested.forward(c.layout(), o.input(), o.weight(), o.bias()));
      if (appliesBackwards(reference)) {
        requireSmall(winograd.backwardInput(reference, o.gradOutput(), o.weight()), precision);
        requireSameBits(
            precision + " gradInput",
            reference.backwardInput(o.gradOutput(), o.weight()),
            tested.backwardInput(c.layout(), o.gradOutput(), o.weight()));
      }
    }
  }

  private static void requireSmall(double[] magnitudes, Precision precision) {
    for (double magnitude : magnitudes) {
      assertTrue(magnitude < precision.exactIntegers(), () -> "not exact: " + magnitude);
    }
  }

  /** Wherever the operands lie, packed beforehand or not, however many threads. */
  @Property
  void everyWayGivesTheSameBits(
      @ForAll("cases") ConvolutionCase c,
      @ForAll("winograds") ReferenceWinograd winograd,
      @ForAll @IntRange(min = 2, max = 16) int threads) {
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = forced(c, precision, winograd, FAST);
      TestedConvolution shared =
          forced(c, precision, winograd, FAST.with(ForkJoinPool.commonPool(), threads));
      Operands o = Operands.reals(c, precision);
      double[] output = tested.forward(Layout.PLAIN, o.input(), o.weight(), o.bias());
      double[] gradInput = tested.backwardInput(Layout.PLAIN, o.gradOutput(), o.weight());
      for (TestedConvolution each : new TestedConvolution[] {tested, shared}) {
        requireSameBits(
            precision + " output",
            output,
            each.forward(c.layout(), o.input(), o.weight(), o.bias()));
        requireSameBits(
            precision + " output, packed weight",
            output,
            each.forwardPacked(c.layout(), o.input(), o.weight(), o.bias(), null));
        requireSameBits(
            precision + " gradInput",
            gradInput,
            each.backwardInput(c.layout(), o.gradOutput(), o.weight()));
        requireSameBits(
            precision + " gradInput, packed weight",
            gradInput,
            each.backwardInputPacked(c.layout(), o.gradOutput(), o.weight()));
      }
    }
  }

  @Property
  void aSampleHasTheSameBitsInEveryBatch(
      @ForAll("cases") ConvolutionCase c, @ForAll("winograds") ReferenceWinograd winograd) {
    int batch = References.batch(c.reference());
    ConvolutionCase single = c.with(References.withBatch(c.reference(), 1));
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = forced(c, precision, winograd, FAST);
      TestedConvolution alone = forced(single, precision, winograd, FAST);
      Operands o = Operands.reals(c, precision);
      double[] output = tested.forward(c.layout(), o.input(), o.weight(), o.bias());
      double[] gradInput = tested.backwardInput(c.layout(), o.gradOutput(), o.weight());
      for (int n = 0; n < batch; n++) {
        requireSameBits(
            precision + " output of sample " + n,
            alone.forward(c.layout(), Vectors.part(o.input(), n, batch), o.weight(), o.bias()),
            Vectors.part(output, n, batch));
        requireSameBits(
            precision + " gradInput of sample " + n,
            alone.backwardInput(c.layout(), Vectors.part(o.gradOutput(), n, batch), o.weight()),
            Vectors.part(gradInput, n, batch));
      }
    }
  }

  /** More images than are taken together, so that the last ones are fewer. */
  @Example
  void imagesTakenTogetherHaveTheBitsOfEachAlone() {
    ReferenceWinograd winograd = new ReferenceWinograd(4);
    for (int groups : new int[] {1, 2}) {
      ReferenceConvolution reference =
          References.conv2d(5, 64 * groups, 14, 13, 33 * groups, 3, 1, 1, 1, groups);
      ConvolutionCase c = new ConvolutionCase(reference, true, Layout.PLAIN, 1);
      Object operator =
          Operators.forced(
              "Winograd F(4x4, 3x3)", () -> Operators.of(reference, Precision.FLOAT, FAST));
      String plan = Operators.explain(operator);
      assertTrue(plan.contains(", up to 4 images at a time"), plan);
      aSampleHasTheSameBitsInEveryBatch(c, winograd);
      everyWayGivesTheSameBits(c, winograd, 3);
    }
  }

  /** So much padding that several images would need more scratch than one may take. */
  @Example
  void theBatchHasNoSayInWhatIsChosen() {
    Conv2dGeometry one = Conv2dGeometry.input(1, 32, 32, 32).kernel(32, 3, 3).padding(87);
    Conv2dGeometry two = Conv2dGeometry.input(2, 32, 32, 32).kernel(32, 3, 3).padding(87);
    assertEquals(algorithms(one), algorithms(two));
  }

  /** Of each pass the first words that say what was chosen. */
  private static List<String> algorithms(Conv2dGeometry geometry) {
    String plan = Conv2d.of(geometry).arithmetic(Arithmetic.FAST).build().explain();
    return plan.lines()
        .filter(line -> line.matches("(for|back)ward.*"))
        .map(line -> line.split("[;,]")[0])
        .toList();
  }

  @Property
  void residualAndActivationFollowTheSum(
      @ForAll("cases") ConvolutionCase c, @ForAll("winograds") ReferenceWinograd winograd) {
    Activation relu = Activation.relu();
    for (Precision precision : Precision.values()) {
      Operands o = Operands.reals(c, precision);
      double[] sums =
          forced(c, precision, winograd, FAST).forward(c.layout(), o.input(), o.weight(), o.bias());
      requireSameBits(
          precision + " output with a residual",
          Activations.of(relu, Activations.sum(sums, o.gradOutput(), precision), precision),
          forced(c, precision, winograd, FAST.with(relu))
              .forwardPacked(c.layout(), o.input(), o.weight(), o.bias(), o.gradOutput()));
    }
  }

  /**
   * What is not finite in the reference is not finite here. It reaches no other numbers than those
   * of the tiles that read it, all of them if it is a weight of theirs, and leaves the bits of the
   * others as they are.
   */
  @Property
  void nonFiniteNumbersSpreadWithinTheirTiles(
      @ForAll("cases") ConvolutionCase c, @ForAll("winograds") ReferenceWinograd winograd) {
    ReferenceConvolution reference = c.reference();
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = forced(c, precision, winograd, FAST);
      Operands o = Operands.nonFinite(c, precision);
      requireSpreads(
          precision + " output",
          reference.forward(o.input(), o.weight(), o.bias()),
          winograd.forward(reference, o.input(), o.weight(), o.bias()),
          tested.forward(c.layout(), o.input(), o.weight(), o.bias()),
          tested.forward(c.layout(), finite(o.input()), finite(o.weight()), o.bias()));
      if (appliesBackwards(reference)) {
        requireSpreads(
            precision + " gradInput",
            reference.backwardInput(o.gradOutput(), o.weight()),
            winograd.backwardInput(reference, o.gradOutput(), o.weight()),
            tested.backwardInput(c.layout(), o.gradOutput(), o.weight()),
            tested.backwardInput(c.layout(), finite(o.gradOutput()), finite(o.weight())));
      }
    }
  }

  private static void requireSpreads(
      String what, double[] reference, double[] magnitudes, double[] actual, double[] ofFinite) {
    for (int i = 0; i < reference.length; i++) {
      if (!Double.isFinite(reference[i])) {
        assertFalse(Double.isFinite(actual[i]), "%s[%d]".formatted(what, i));
      }
      if (Double.isFinite(magnitudes[i])) {
        requireSameBits(what, new double[] {ofFinite[i]}, new double[] {actual[i]});
      }
    }
  }

  private static double[] finite(double[] numbers) {
    return Arrays.stream(numbers).map(x -> Double.isFinite(x) ? x : 0).toArray();
  }

  /** The plan's own choice, where it should be clear. */
  @Example
  void deepLayersAreWinogradsUnlessSumsMustBeExact() {
    Conv2dGeometry geometry = Conv2dGeometry.input(1, 128, 28, 28).kernel(128, 3, 3).padding(1);
    String fast = Conv2d.of(geometry).arithmetic(Arithmetic.FAST).build().explain();
    assertTrue(fast.contains("forward: Winograd F(4x4, 3x3)"), fast);
    assertTrue(fast.contains("backwardInput: Winograd F(4x4, 3x3)"), fast);
    String exact = Conv2d.of(geometry).build().explain();
    assertFalse(exact.contains("Winograd"), exact);
  }

  private static TestedConvolution forced(
      ConvolutionCase c, Precision precision, ReferenceWinograd winograd, PlanOptions options) {
    String name = "Winograd F(%dx%1$d, 3x3)".formatted(winograd.outputs());
    Object operator = Operators.forced(name, () -> Operators.of(c.reference(), precision, options));
    String plan = Operators.explain(operator);
    assertTrue(plan.contains("forward: " + name), plan);
    if (appliesBackwards(c.reference())) {
      assertTrue(plan.contains("backwardInput: " + name), plan);
    }
    return new TestedConvolution(c.reference(), precision, operator);
  }

  /** Padding that repeats elements adds gradients up, which is left to other algorithms. */
  private static boolean appliesBackwards(ReferenceConvolution reference) {
    return switch (reference) {
      case ReferenceConv2d conv -> {
        ReferencePadding p = conv.window().padding();
        yield p.mode() == Mode.CONSTANT || p.top() + p.left() + p.bottom() + p.right() == 0;
      }
      case ReferenceConvTranspose2d conv -> true;
    };
  }
}
