// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.plan;

import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatBackwardWeight;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.conv.FloatFilter;
import dev.lanewise.internal.conv.backwardweight.FloatChannelLanesBackwardWeight;
import dev.lanewise.internal.conv.backwardweight.FloatPixelDotsBackwardWeight;
import dev.lanewise.internal.conv.backwardweight.FloatSlidingBackwardWeight;
import dev.lanewise.internal.conv.depthwise.FloatDepthwiseBackwardWeight;
import dev.lanewise.internal.conv.depthwise.FloatDepthwiseFilter;
import dev.lanewise.internal.conv.direct.FloatDirectFilter;
import dev.lanewise.internal.conv.im2col.FloatCol2imBackwardInput;
import dev.lanewise.internal.conv.im2col.FloatImplicitGemmBackwardWeight;
import dev.lanewise.internal.conv.im2col.FloatImplicitGemmForward;
import dev.lanewise.internal.conv.im2col.FloatPointwiseBackwardInput;
import dev.lanewise.internal.conv.im2col.FloatPointwiseBackwardWeight;
import dev.lanewise.internal.conv.im2col.FloatPointwiseForward;
import dev.lanewise.internal.conv.pixels.FloatImageLanesFilter;
import dev.lanewise.internal.conv.pixels.FloatPixelFilter;
import dev.lanewise.internal.conv.rolling.FloatRollingFilter;
import dev.lanewise.internal.conv.winograd.FloatWinograd;
import java.util.List;

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
 *
 * <p>The lists are enums and not tables of method references, each of which the JVM makes a class
 * of when it first meets it: those of one plan took it tens of milliseconds.
 */
final class FloatAlgorithms {
  /** An algorithm of a list. */
  private interface Candidate<T> {
    String label();

    boolean applies(ConvShape shape);

    double rate(ConvShape shape);

    T algorithm(ConvShape shape, FloatEpilogue epilogue);
  }

  /** From images to filtered images; the first two under FAST arithmetic only. */
  private enum Forward implements Candidate<FloatFilter> {
    WINOGRAD_4("Winograd F(4x4, 3x3)"),
    WINOGRAD_2("Winograd F(2x2, 3x3)"),
    DIRECT("direct"),
    DIRECT_BY_TAP("direct tap by tap"),
    POINTWISE("pointwise"),
    DEPTHWISE("depthwise"),
    ROLLING("rolling"),
    PIXELS("pixels"),
    IMPLICIT_GEMM("implicit GEMM");

    private final String label;

    Forward(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }

    @Override
    public boolean applies(ConvShape shape) {
      return switch (this) {
        case WINOGRAD_4 -> FloatWinograd.appliesForward4(shape);
        case WINOGRAD_2 -> FloatWinograd.appliesForward2(shape);
        case DIRECT -> FloatDirectFilter.appliesForward(shape);
        case DIRECT_BY_TAP -> FloatDirectFilter.appliesForwardByTap(shape);
        case POINTWISE -> shape.columns().isImage();
        case DEPTHWISE -> FloatDepthwiseFilter.appliesForward(shape);
        case ROLLING -> FloatRollingFilter.appliesForward(shape);
        case PIXELS -> FloatPixelFilter.appliesForward(shape);
        case IMPLICIT_GEMM -> true;
      };
    }

    @Override
    public double rate(ConvShape shape) {
      return switch (this) {
        case WINOGRAD_4 -> FloatWinograd.rateForward4(shape);
        case WINOGRAD_2 -> FloatWinograd.rateForward2(shape);
        case DIRECT -> FloatDirectFilter.rateForward(shape);
        case DIRECT_BY_TAP -> FloatDirectFilter.rateForwardByTap(shape);
        case POINTWISE ->
            pointwiseRate(shape.columns().channels(), shape.filters(), shape.columns().windows());
        case DEPTHWISE -> FloatDepthwiseFilter.rateForward(shape);
        case ROLLING -> FloatRollingFilter.rateForward(shape);
        case PIXELS -> FloatPixelFilter.rateForward(shape);
        case IMPLICIT_GEMM -> gemmRate(shape, POINTWISE);
      };
    }

    @Override
    public FloatFilter algorithm(ConvShape shape, FloatEpilogue epilogue) {
      return switch (this) {
        case WINOGRAD_4 -> FloatWinograd.forward4(shape, epilogue);
        case WINOGRAD_2 -> FloatWinograd.forward2(shape, epilogue);
        case DIRECT -> FloatDirectFilter.forward(shape, epilogue);
        case DIRECT_BY_TAP -> FloatDirectFilter.forwardByTap(shape, epilogue);
        case POINTWISE -> new FloatPointwiseForward(shape, epilogue);
        case DEPTHWISE -> FloatDepthwiseFilter.forward(shape, epilogue);
        case ROLLING -> FloatRollingFilter.forward(shape, epilogue);
        case PIXELS -> FloatImageLanesFilter.forward(shape, epilogue);
        case IMPLICIT_GEMM -> new FloatImplicitGemmForward(shape, epilogue);
      };
    }
  }

  /** From filtered images to images; the first two under FAST arithmetic only. */
  private enum BackwardInput implements Candidate<FloatFilter> {
    WINOGRAD_4("Winograd F(4x4, 3x3)"),
    WINOGRAD_2("Winograd F(2x2, 3x3)"),
    DIRECT("direct"),
    DIRECT_BY_TAP("direct tap by tap"),
    POINTWISE("pointwise"),
    DEPTHWISE("depthwise"),
    ROLLING("rolling"),
    PIXELS("pixels"),
    COL2IM("col2im");

    private final String label;

    BackwardInput(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }

    @Override
    public boolean applies(ConvShape shape) {
      return switch (this) {
        case WINOGRAD_4 -> FloatWinograd.appliesBackwardInput4(shape);
        case WINOGRAD_2 -> FloatWinograd.appliesBackwardInput2(shape);
        case DIRECT -> FloatDirectFilter.appliesBackwardInput(shape);
        case DIRECT_BY_TAP -> FloatDirectFilter.appliesBackwardInput(shape);
        case POINTWISE -> shape.columns().isImage();
        case DEPTHWISE -> FloatDepthwiseFilter.appliesBackwardInput(shape);
        case ROLLING -> FloatRollingFilter.appliesBackwardInput(shape);
        case PIXELS -> FloatPixelFilter.appliesBackwardInput(shape);
        case COL2IM -> true;
      };
    }

    @Override
    public double rate(ConvShape shape) {
      return switch (this) {
        case WINOGRAD_4 -> FloatWinograd.rateBackwardInput4(shape);
        case WINOGRAD_2 -> FloatWinograd.rateBackwardInput2(shape);
        case DIRECT -> FloatDirectFilter.rateBackwardInput(shape);
        case DIRECT_BY_TAP -> FloatDirectFilter.rateBackwardInputByTap(shape);
        case POINTWISE ->
            pointwiseRate(shape.filters(), shape.columns().channels(), shape.columns().windows());
        case DEPTHWISE -> FloatDepthwiseFilter.rateBackwardInput(shape);
        case ROLLING -> FloatRollingFilter.rateBackwardInput(shape);
        case PIXELS -> FloatPixelFilter.rateBackwardInput(shape);
        case COL2IM -> gemmRate(shape, POINTWISE);
      };
    }

    @Override
    public FloatFilter algorithm(ConvShape shape, FloatEpilogue epilogue) {
      return switch (this) {
        case WINOGRAD_4 -> FloatWinograd.backwardInput4(shape, epilogue);
        case WINOGRAD_2 -> FloatWinograd.backwardInput2(shape, epilogue);
        case DIRECT -> FloatDirectFilter.backwardInput(shape, epilogue);
        case DIRECT_BY_TAP -> FloatDirectFilter.backwardInputByTap(shape, epilogue);
        case POINTWISE -> new FloatPointwiseBackwardInput(shape, epilogue);
        case DEPTHWISE -> FloatDepthwiseFilter.backwardInput(shape, epilogue);
        case ROLLING -> FloatRollingFilter.backwardInput(shape, epilogue);
        case PIXELS -> FloatImageLanesFilter.backwardInput(shape, epilogue);
        case COL2IM -> new FloatCol2imBackwardInput(shape, epilogue);
      };
    }
  }

  /** The weight's gradient. */
  private enum BackwardWeight implements Candidate<FloatBackwardWeight> {
    POINTWISE("pointwise"),
    CHANNEL_LANES("channel lanes"),
    DEPTHWISE("depthwise"),
    SLIDING_WINDOWS("sliding windows"),
    PIXEL_DOTS("pixel dots"),
    IMPLICIT_GEMM("implicit GEMM");

    private final String label;

    BackwardWeight(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }

    @Override
    public boolean applies(ConvShape shape) {
      return switch (this) {
        case POINTWISE -> shape.columns().isImage();
        case CHANNEL_LANES -> FloatChannelLanesBackwardWeight.applies(shape);
        case DEPTHWISE -> FloatDepthwiseBackwardWeight.applies(shape);
        case SLIDING_WINDOWS -> FloatSlidingBackwardWeight.applies(shape);
        case PIXEL_DOTS -> FloatPixelDotsBackwardWeight.applies(shape);
        case IMPLICIT_GEMM -> true;
      };
    }

    @Override
    public double rate(ConvShape shape) {
      return switch (this) {
        case POINTWISE -> 0.85 / (1 + 6.0 / shape.filters());
        case CHANNEL_LANES -> FloatChannelLanesBackwardWeight.rate(shape);
        case DEPTHWISE -> FloatDepthwiseBackwardWeight.rate(shape);
        case SLIDING_WINDOWS -> FloatSlidingBackwardWeight.rate(shape);
        case PIXEL_DOTS -> FloatPixelDotsBackwardWeight.rate(shape);
        case IMPLICIT_GEMM -> 0.8 / (1 + 20.0 / shape.filters());
      };
    }

    @Override
    public FloatBackwardWeight algorithm(ConvShape shape, FloatEpilogue epilogue) {
      return switch (this) {
        case POINTWISE -> new FloatPointwiseBackwardWeight(shape);
        case CHANNEL_LANES -> new FloatChannelLanesBackwardWeight(shape);
        case DEPTHWISE -> new FloatDepthwiseBackwardWeight(shape);
        case SLIDING_WINDOWS -> new FloatSlidingBackwardWeight(shape);
        case PIXEL_DOTS -> new FloatPixelDotsBackwardWeight(shape);
        case IMPLICIT_GEMM -> new FloatImplicitGemmBackwardWeight(shape);
      };
    }
  }

  private FloatAlgorithms() {}

  /**
   * Of a product whose sums have so many terms each, whose columns are packed for so many rows, and
   * whose rows for so many columns. Fitted to layers of ResNet-50 and MobileNetV2 (Zen 5).
   */
  private static double pointwiseRate(int terms, int rows, int columns) {
    return 0.95 / (1 + 5.0 / terms + 8.0 / rows + 35.0 / columns);
  }

  /**
   * Making a column costs as much as multiplying it by some filters; of an image that is its own
   * col matrix none need be made.
   */
  private static double gemmRate(ConvShape shape, Candidate<?> pointwise) {
    double rate = 0.8 / (1 + 28.0 / shape.filters());
    return pointwise.applies(shape) ? Math.min(rate, 0.9 * pointwise.rate(shape)) : rate;
  }

  /** A test that names an algorithm which is no more would go on to test another. */
  private static void requireLabel(String label) {
    List<Candidate<?>[]> lists =
        List.of(Forward.values(), BackwardInput.values(), BackwardWeight.values());
    for (Candidate<?>[] list : lists) {
      for (Candidate<?> candidate : list) {
        if (candidate.label().equals(label)) {
          return;
        }
      }
    }
    throw new IllegalArgumentException("dev.lanewise.algorithm: there is no '" + label + "'");
  }

  /** What was chosen of a list, and for which shape. */
  static final class Choice<T> {
    private final T algorithm;
    private final Candidate<T> chosen;
    private final boolean named;
    private final Candidate<T>[] candidates;
    private final int first;
    private final ConvShape shape;

    private Choice(Candidate<T>[] candidates, int first, ConvShape shape, FloatEpilogue epilogue) {
      this.candidates = candidates;
      this.first = first;
      this.shape = shape;
      Candidate<T> wanted = wanted();
      named = wanted != null;
      chosen = named ? wanted : best();
      algorithm = chosen.algorithm(shape, epilogue);
    }

    /** The algorithm. */
    T algorithm() {
      return algorithm;
    }

    /** The one that the system property names, if it applies; else null. */
    private Candidate<T> wanted() {
      String wanted = System.getProperty("dev.lanewise.algorithm");
      if (wanted == null) {
        return null;
      }
      requireLabel(wanted);
      for (int i = first; i < candidates.length; i++) {
        if (candidates[i].label().equals(wanted) && candidates[i].applies(shape)) {
          return candidates[i];
        }
      }
      return null;
    }

    private Candidate<T> best() {
      Candidate<T> best = null;
      double bestRate = 0;
      for (int i = first; i < candidates.length; i++) {
        if (candidates[i].applies(shape)) {
          double rate = candidates[i].rate(shape);
          if (best == null || rate > bestRate) {
            best = candidates[i];
            bestRate = rate;
          }
        }
      }
      return best;
    }

    /** Its predicted rate and those of the others that apply, in words; predicts them again. */
    String why() {
      if (named) {
        return "as dev.lanewise.algorithm says";
      }
      StringBuilder text = new StringBuilder("predicted ");
      text.append(predicted(chosen)).append(" of the peak");
      for (int i = first; i < candidates.length; i++) {
        if (candidates[i] != chosen && candidates[i].applies(shape)) {
          text.append(", ").append(predicted(candidates[i]));
        }
      }
      return text.toString();
    }

    private String predicted(Candidate<T> candidate) {
      return candidate.label() + " " + Math.round(100 * candidate.rate(shape)) + " %";
    }
  }

  /**
   * From images to filtered images.
   *
   * @param fast whether algorithms may be chosen that are no plain sums
   */
  static Choice<FloatFilter> forward(ConvShape shape, FloatEpilogue epilogue, boolean fast) {
    return new Choice<>(Forward.values(), fast ? 0 : Forward.DIRECT.ordinal(), shape, epilogue);
  }

  /** From filtered images to images, by the best algorithm that applies. */
  static Choice<FloatFilter> backwardInput(ConvShape shape, FloatEpilogue epilogue, boolean fast) {
    return new Choice<>(
        BackwardInput.values(), fast ? 0 : BackwardInput.DIRECT.ordinal(), shape, epilogue);
  }

  /** From filtered images to images, by an algorithm that multiplies operands only. */
  static FloatFilter backwardInputOfOperands(ConvShape shape, FloatEpilogue epilogue) {
    return new FloatCol2imBackwardInput(shape, epilogue);
  }

  /** The weight's gradient. */
  static Choice<FloatBackwardWeight> backwardWeight(ConvShape shape) {
    return new Choice<>(BackwardWeight.values(), 0, shape, FloatEpilogue.NONE);
  }
}
