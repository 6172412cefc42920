// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Which algorithm runs which shape: for each pass a list that ends in one that always applies. Of
 * those that apply the one with the highest predicted rate is chosen, the first of equals.
 *
 * <p>A rate is what the algorithm is expected to reach of the machine's multiply-add peak, counting
 * the multiply-adds of the plain sum; each class predicts its own from the shape, with constants
 * fitted to measurements.
 *
 * <p>The system property {@code dev.lanewise.algorithm}, for tests, names an algorithm that is
 * taken wherever it applies.
 */
public final class FloatAlgorithms {
  private static final Predicate<ConvShape> IS_POINTWISE = shape -> shape.columns().isImage();
  private static final Predicate<ConvShape> ALWAYS = shape -> true;

  /** Making a column costs as much as multiplying it by some filters. */
  private static final ToDoubleFunction<ConvShape> GEMM_RATE =
      shape -> 0.8 / (1 + 28.0 / shape.filters());

  private static final ToDoubleFunction<ConvShape> POINTWISE_RATE =
      shape -> 0.85 / (1 + 6.0 / shape.filters());

  private static final List<Candidate<FloatFilter>> FORWARD =
      List.of(
          new Candidate<>(
              "direct",
              FloatDirectFilter::appliesForward,
              FloatDirectFilter::rateForward,
              FloatDirectFilter::forward),
          new Candidate<>(
              "direct tap by tap",
              FloatDirectFilter::appliesForwardByTap,
              FloatDirectFilter::rateForwardByTap,
              FloatDirectFilter::forwardByTap),
          new Candidate<>("pointwise", IS_POINTWISE, POINTWISE_RATE, FloatPointwiseForward::new),
          new Candidate<>(
              "depthwise",
              FloatDepthwiseFilter::appliesForward,
              FloatDepthwiseFilter::rateForward,
              FloatDepthwiseFilter::forward),
          new Candidate<>(
              "rolling",
              FloatRollingFilter::appliesForward,
              FloatRollingFilter::rateForward,
              FloatRollingFilter::forward),
          new Candidate<>(
              "pixels",
              FloatPixelFilter::appliesForward,
              FloatPixelFilter::rateForward,
              FloatImageLanesFilter::forward),
          new Candidate<>("implicit GEMM", ALWAYS, GEMM_RATE, FloatImplicitGemmForward::new));

  /** Under FAST arithmetic these compete with {@link #FORWARD}. */
  private static final List<Candidate<FloatFilter>> FAST_FORWARD =
      List.of(
          new Candidate<>(
              "Winograd F(4x4, 3x3)",
              FloatWinograd::appliesForward4,
              FloatWinograd::rateForward4,
              FloatWinograd::forward4),
          new Candidate<>(
              "Winograd F(2x2, 3x3)",
              FloatWinograd::appliesForward2,
              FloatWinograd::rateForward2,
              FloatWinograd::forward2));

  private static final List<Candidate<FloatFilter>> BACKWARD_INPUT =
      List.of(
          new Candidate<>(
              "direct",
              FloatDirectFilter::appliesBackwardInput,
              FloatDirectFilter::rateBackwardInput,
              FloatDirectFilter::backwardInput),
          new Candidate<>(
              "direct tap by tap",
              FloatDirectFilter::appliesBackwardInput,
              FloatDirectFilter::rateBackwardInputByTap,
              FloatDirectFilter::backwardInputByTap),
          new Candidate<>(
              "pointwise", IS_POINTWISE, POINTWISE_RATE, FloatPointwiseBackwardInput::new),
          new Candidate<>(
              "depthwise",
              FloatDepthwiseFilter::appliesBackwardInput,
              FloatDepthwiseFilter::rateBackwardInput,
              FloatDepthwiseFilter::backwardInput),
          new Candidate<>(
              "rolling",
              FloatRollingFilter::appliesBackwardInput,
              FloatRollingFilter::rateBackwardInput,
              FloatRollingFilter::backwardInput),
          new Candidate<>(
              "pixels",
              FloatPixelFilter::appliesBackwardInput,
              FloatPixelFilter::rateBackwardInput,
              FloatImageLanesFilter::backwardInput),
          new Candidate<>("col2im", ALWAYS, GEMM_RATE, FloatCol2imBackwardInput::new));

  /** Under FAST arithmetic these compete with {@link #BACKWARD_INPUT}. */
  private static final List<Candidate<FloatFilter>> FAST_BACKWARD_INPUT =
      List.of(
          new Candidate<>(
              "Winograd F(4x4, 3x3)",
              FloatWinograd::appliesBackwardInput4,
              FloatWinograd::rateBackwardInput4,
              FloatWinograd::backwardInput4),
          new Candidate<>(
              "Winograd F(2x2, 3x3)",
              FloatWinograd::appliesBackwardInput2,
              FloatWinograd::rateBackwardInput2,
              FloatWinograd::backwardInput2));

  private static final List<Candidate<FloatBackwardWeight>> BACKWARD_WEIGHT =
      List.of(
          new Candidate<>(
              "pointwise",
              IS_POINTWISE,
              POINTWISE_RATE,
              (shape, epilogue) -> new FloatPointwiseBackwardWeight(shape)),
          new Candidate<>(
              "channel lanes",
              FloatChannelLanesBackwardWeight::applies,
              FloatChannelLanesBackwardWeight::rate,
              (shape, epilogue) -> new FloatChannelLanesBackwardWeight(shape)),
          new Candidate<>(
              "depthwise",
              FloatDepthwiseBackwardWeight::applies,
              FloatDepthwiseBackwardWeight::rate,
              (shape, epilogue) -> new FloatDepthwiseBackwardWeight(shape)),
          new Candidate<>(
              "sliding windows",
              FloatSlidingBackwardWeight::applies,
              FloatSlidingBackwardWeight::rate,
              (shape, epilogue) -> new FloatSlidingBackwardWeight(shape)),
          new Candidate<>(
              "pixel dots",
              FloatPixelDotsBackwardWeight::applies,
              FloatPixelDotsBackwardWeight::rate,
              (shape, epilogue) -> new FloatPixelDotsBackwardWeight(shape)),
          new Candidate<>(
              "implicit GEMM",
              ALWAYS,
              shape -> 0.8 / (1 + 20.0 / shape.filters()),
              (shape, epilogue) -> new FloatImplicitGemmBackwardWeight(shape)));

  private FloatAlgorithms() {}

  private record Candidate<T>(
      String name,
      Predicate<ConvShape> applies,
      ToDoubleFunction<ConvShape> rate,
      BiFunction<ConvShape, FloatEpilogue, T> algorithm) {}

  /**
   * What was chosen.
   *
   * @param algorithm the algorithm
   * @param why its predicted rate and that of the runner-up, in words
   */
  public record Choice<T>(T algorithm, String why) {}

  /**
   * From images to filtered images.
   *
   * @param fast whether algorithms may be chosen that are no plain sums
   */
  static Choice<FloatFilter> forward(ConvShape shape, FloatEpilogue epilogue, boolean fast) {
    return choose(fast ? concat(FAST_FORWARD, FORWARD) : FORWARD, shape, epilogue);
  }

  /** From filtered images to images, by the best algorithm that applies. */
  static Choice<FloatFilter> backwardInput(ConvShape shape, FloatEpilogue epilogue, boolean fast) {
    return choose(
        fast ? concat(FAST_BACKWARD_INPUT, BACKWARD_INPUT) : BACKWARD_INPUT, shape, epilogue);
  }

  /** From filtered images to images, by an algorithm that multiplies operands only. */
  static FloatFilter backwardInputOfOperands(ConvShape shape, FloatEpilogue epilogue) {
    return new FloatCol2imBackwardInput(shape, epilogue);
  }

  /** The weight's gradient. */
  static Choice<FloatBackwardWeight> backwardWeight(ConvShape shape) {
    return choose(BACKWARD_WEIGHT, shape, FloatEpilogue.NONE);
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static <T> Choice<T> choose(
      List<Candidate<T>> candidates, ConvShape shape, FloatEpilogue epilogue) {
    String wanted = System.getProperty("dev.lanewise.algorithm");
    Candidate<T> best = null;
    StringBuilder others = new StringBuilder();
    for (Candidate<T> candidate : candidates) {
      if (!candidate.applies().test(shape)) {
        continue;
      }
      if (candidate.name().equals(wanted)) {
        return new Choice<>(
            candidate.algorithm().apply(shape, epilogue), "as dev.lanewise.algorithm says");
      }
      Candidate<T> loser = candidate;
      if (best == null
          || candidate.rate().applyAsDouble(shape) > best.rate().applyAsDouble(shape)) {
        loser = best;
        best = candidate;
      }
      if (loser != null) {
        others.append(", ").append(predicted(loser, shape));
      }
    }
    return new Choice<>(
        best.algorithm().apply(shape, epilogue),
        "predicted " + predicted(best, shape) + " of the peak" + others);
  }

  private static <T> String predicted(Candidate<T> candidate, ConvShape shape) {
    return "%s %d %%"
        .formatted(candidate.name(), Math.round(100 * candidate.rate().applyAsDouble(shape)));
  }
}
