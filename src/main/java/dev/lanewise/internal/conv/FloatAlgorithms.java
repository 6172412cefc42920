// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which algorithm runs which shape: for each pass an ordered list, best first, that ends in one
 * that always applies.
 */
public final class FloatAlgorithms {
  private static final Predicate<ConvShape> IS_POINTWISE = shape -> shape.columns().isImage();
  private static final Predicate<ConvShape> ALWAYS = shape -> true;

  private static final List<Candidate<FloatForward>> FORWARD =
      List.of(
          new Candidate<>(IS_POINTWISE, FloatPointwiseForward::new),
          new Candidate<>(ALWAYS, FloatImplicitGemmForward::new));

  private static final List<Candidate<FloatBackwardInput>> BACKWARD_INPUT =
      List.of(
          new Candidate<>(IS_POINTWISE, FloatPointwiseBackwardInput::new),
          new Candidate<>(ALWAYS, FloatCol2imBackwardInput::new));

  private static final List<Candidate<FloatBackwardWeight>> BACKWARD_WEIGHT =
      List.of(
          new Candidate<>(IS_POINTWISE, FloatPointwiseBackwardWeight::new),
          new Candidate<>(ALWAYS, FloatImplicitGemmBackwardWeight::new));

  private FloatAlgorithms() {}

  private record Candidate<T>(Predicate<ConvShape> applies, Function<ConvShape, T> algorithm) {}

  /** The best that applies. */
  public static FloatForward forward(ConvShape shape) {
    return choose(FORWARD, shape);
  }

  /** The best that applies. */
  public static FloatBackwardInput backwardInput(ConvShape shape) {
    return choose(BACKWARD_INPUT, shape);
  }

  /** The best that applies. */
  public static FloatBackwardWeight backwardWeight(ConvShape shape) {
    return choose(BACKWARD_WEIGHT, shape);
  }

  private static <T> T choose(List<Candidate<T>> candidates, ConvShape shape) {
    for (Candidate<T> candidate : candidates) {
      if (candidate.applies().test(shape)) {
        return candidate.algorithm().apply(shape);
      }
    }
    throw new AssertionError("a list ends in an algorithm that always applies");
  }
}
