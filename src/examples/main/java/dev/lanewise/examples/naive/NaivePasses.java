// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.naive;

/**
 * The passes in nested loops. The decoder is the adjoint of a convolution from images to codes,
 * which is of the encoder's shape.
 *
 * @param conv the convolution from images to codes
 */
record NaivePasses(NaiveConv2d conv) implements AutoencoderPasses {
  @Override
  public void encode(float[] images, float[] encoderWeight, float[] code) {
    conv.forward(images, encoderWeight, code);
  }

  @Override
  public void decode(float[] code, float[] decoderWeight, float[] output) {
    conv.backwardInput(code, decoderWeight, output);
  }

  @Override
  public void gradDecoderWeight(float[] code, float[] gradOutput, float[] gradDecoderWeight) {
    conv.backwardWeight(gradOutput, code, gradDecoderWeight);
  }

  @Override
  public void gradCode(float[] gradOutput, float[] decoderWeight, float[] gradCode) {
    conv.forward(gradOutput, decoderWeight, gradCode);
  }

  @Override
  public void gradEncoderWeight(float[] images, float[] gradCode, float[] gradEncoderWeight) {
    conv.backwardWeight(images, gradCode, gradEncoderWeight);
  }
}
