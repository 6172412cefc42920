// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.naive;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.conv.GradientMode;

/** The passes by Lanewise's operators, as the layers of the network call them. */
final class LanewisePasses implements AutoencoderPasses {
  private final Conv2d encoder;
  private final ConvTranspose2d decoder;
  private final float[] workspace;

  /** For batches of {@code n} images of {@code height} x {@code width}. */
  LanewisePasses(int n, int height, int width, int channels, int kernel) {
    encoder =
        Conv2d.of(Conv2dGeometry.input(n, 1, height, width).kernel(channels, kernel, kernel))
            .build();
    decoder =
        ConvTranspose2d.of(
                ConvTranspose2dGeometry.input(n, channels, height - kernel + 1, width - kernel + 1)
                    .kernel(1, kernel, kernel))
            .build();
    workspace = new float[Math.max(encoder.workspaceFloats(), decoder.workspaceFloats())];
  }

  @Override
  public void encode(float[] images, float[] encoderWeight, float[] code) {
    encoder.forward(images, encoderWeight, null, code, workspace);
  }

  @Override
  public void decode(float[] code, float[] decoderWeight, float[] output) {
    decoder.forward(code, decoderWeight, null, output, workspace);
  }

  @Override
  public void gradDecoderWeight(float[] code, float[] gradOutput, float[] gradDecoderWeight) {
    decoder.backwardWeight(code, gradOutput, gradDecoderWeight, GradientMode.OVERWRITE, workspace);
  }

  @Override
  public void gradCode(float[] gradOutput, float[] decoderWeight, float[] gradCode) {
    decoder.backwardInput(gradOutput, decoderWeight, gradCode, workspace);
  }

  @Override
  public void gradEncoderWeight(float[] images, float[] gradCode, float[] gradEncoderWeight) {
    encoder.backwardWeight(images, gradCode, gradEncoderWeight, GradientMode.OVERWRITE, workspace);
  }
}
