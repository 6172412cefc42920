// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link FloatActivations} on the vector unit: both values, and a mask that chooses. */
final class FloatVectorActivations implements FloatActivations {
  @Override
  public void leaky(float[] input, float slope, float[] output, int count) {
    if (slope == 0) {
      aboveZero(input, output, count);
      return;
    }
    int i = 0;
    for (; i + LENGTH <= count; i += LENGTH) {
      FloatVector x = FloatVector.fromArray(SPECIES, input, i);
      VectorMask<Float> above = x.compare(VectorOperators.GT, 0);
      x.mul(slope).blend(x, above).intoArray(output, i);
    }
    for (; i < count; i++) {
      output[i] = input[i] > 0 ? input[i] : slope * input[i];
    }
  }

  /** Without a choice, the compiler's own vectors will do. */
  private static void aboveZero(float[] input, float[] output, int count) {
    for (int i = 0; i < count; i++) {
      output[i] = Math.max(input[i], 0);
    }
  }

  @Override
  public void leakyGradient(
      float[] input, float slope, float[] gradOutput, float[] gradInput, int count) {
    if (slope == 0) {
      gradientOrZero(input, gradOutput, gradInput, count);
      return;
    }
    int i = 0;
    for (; i + LENGTH <= count; i += LENGTH) {
      FloatVector g = FloatVector.fromArray(SPECIES, gradOutput, i);
      VectorMask<Float> above =
          FloatVector.fromArray(SPECIES, input, i).compare(VectorOperators.GT, 0);
      g.mul(slope).blend(g, above).intoArray(gradInput, i);
    }
    for (; i < count; i++) {
      gradInput[i] = input[i] > 0 ? gradOutput[i] : slope * gradOutput[i];
    }
  }

  private static void gradientOrZero(
      float[] input, float[] gradOutput, float[] gradInput, int count) {
    FloatVector zero = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i + LENGTH <= count; i += LENGTH) {
      FloatVector g = FloatVector.fromArray(SPECIES, gradOutput, i);
      VectorMask<Float> above =
          FloatVector.fromArray(SPECIES, input, i).compare(VectorOperators.GT, 0);
      zero.blend(g, above).intoArray(gradInput, i);
    }
    for (; i < count; i++) {
      gradInput[i] = input[i] > 0 ? gradOutput[i] : 0;
    }
  }
}
