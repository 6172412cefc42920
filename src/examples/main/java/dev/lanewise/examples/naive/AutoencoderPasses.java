// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.naive;

/**
 * The five convolutions of one training step of the autoencoder, without biases; each overwrites
 * its last argument.
 */
interface AutoencoderPasses {
  void encode(float[] images, float[] encoderWeight, float[] code);

  void decode(float[] code, float[] decoderWeight, float[] output);

  void gradDecoderWeight(float[] code, float[] gradOutput, float[] gradDecoderWeight);

  void gradCode(float[] gradOutput, float[] decoderWeight, float[] gradCode);

  void gradEncoderWeight(float[] images, float[] gradCode, float[] gradEncoderWeight);
}
