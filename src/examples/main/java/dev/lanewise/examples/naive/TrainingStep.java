// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.naive;

import dev.lanewise.nn.Tensor;
import java.util.List;

/**
 * One forward and backward pass of the autoencoder through given convolutions, and what comes out.
 */
final class TrainingStep {
  private final float[] images;
  private final float[] encoderWeight;
  private final float[] decoderWeight;
  private final float[] code;
  private final float[] output;
  private final float[] gradCode;
  private final float[] gradEncoderWeight;
  private final float[] gradDecoderWeight;

  TrainingStep(Tensor images, Tensor encoderWeight, Tensor decoderWeight) {
    this.images = images.data();
    this.encoderWeight = encoderWeight.data();
    this.decoderWeight = decoderWeight.data();
    int lost = encoderWeight.size(2) - 1;
    this.code =
        new float
            [images.size(0)
                * encoderWeight.size(0)
                * (images.size(2) - lost)
                * (images.size(3) - lost)];
    this.gradCode = new float[code.length];
    this.output = new float[this.images.length];
    this.gradEncoderWeight = new float[this.encoderWeight.length];
    this.gradDecoderWeight = new float[this.decoderWeight.length];
  }

  void run(AutoencoderPasses passes) {
    passes.encode(images, encoderWeight, code);
    passes.decode(code, decoderWeight, output);
    // Any gradient serves here; this one, of ½·Σ output², loses no digits by cancellation.
    passes.gradDecoderWeight(code, output, gradDecoderWeight);
    passes.gradCode(output, decoderWeight, gradCode);
    passes.gradEncoderWeight(images, gradCode, gradEncoderWeight);
  }

  /**
   * The largest difference between the results of this step and another, as a fraction of the
   * largest value of that result.
   */
  double largestDifference(TrainingStep other) {
    List<float[]> here = results();
    List<float[]> there = other.results();
    double largest = 0;
    for (int i = 0; i < here.size(); i++) {
      largest = Math.max(largest, largestDifference(here.get(i), there.get(i)));
    }
    return largest;
  }

  /** What each of the five passes computed. */
  List<float[]> results() {
    return List.of(code, output, gradDecoderWeight, gradCode, gradEncoderWeight);
  }

  private static double largestDifference(float[] a, float[] b) {
    double difference = 0;
    double magnitude = Float.MIN_NORMAL;
    for (int i = 0; i < a.length; i++) {
      difference = Math.max(difference, Math.abs((double) a[i] - b[i]));
      magnitude = Math.max(magnitude, Math.abs(a[i]));
    }
    return difference / magnitude;
  }
}
