// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.naive;

import java.util.Arrays;

/**
 * The 2-D convolution as its definition reads, one product after the other in nested loops: what
 * everyone writes first, and the yardstick that the examples measure Lanewise by.
 *
 * <p>output[n,oc,y,x] = Σ<sub>ic,r,s</sub> weight[oc,ic,r,s] · input[n,ic,y+r,x+s], with stride 1,
 * no padding and no bias; activations NCHW, weights OIHW. The transposed convolution is its
 * adjoint: {@link #backwardInput} forward, {@link #forward} for the gradient of the input, {@link
 * #backwardWeight} with input and gradOutput exchanged; its IOHW weights lie in memory as the OIHW
 * weights here.
 *
 * @param n images
 * @param ic input channels
 * @param ih input rows
 * @param iw input columns
 * @param oc output channels
 * @param kh kernel rows
 * @param kw kernel columns
 */
record NaiveConv2d(int n, int ic, int ih, int iw, int oc, int kh, int kw) {

  /** Overwrites {@code output}. */
  void forward(float[] input, float[] weight, float[] output) {
    for (int image = 0; image < n; image++) {
      for (int o = 0; o < oc; o++) {
        for (int y = 0; y < oh(); y++) {
          for (int x = 0; x < ow(); x++) {
            float sum = 0;
            for (int i = 0; i < ic; i++) {
              for (int r = 0; r < kh; r++) {
                for (int s = 0; s < kw; s++) {
                  sum += weight[weightAt(o, i, r, s)] * input[inputAt(image, i, y + r, x + s)];
                }
              }
            }
            output[outputAt(image, o, y, x)] = sum;
          }
        }
      }
    }
  }

  /** Overwrites {@code gradInput}. */
  void backwardInput(float[] gradOutput, float[] weight, float[] gradInput) {
    Arrays.fill(gradInput, 0);
    for (int image = 0; image < n; image++) {
      for (int o = 0; o < oc; o++) {
        for (int y = 0; y < oh(); y++) {
          for (int x = 0; x < ow(); x++) {
            float gradient = gradOutput[outputAt(image, o, y, x)];
            for (int i = 0; i < ic; i++) {
              for (int r = 0; r < kh; r++) {
                for (int s = 0; s < kw; s++) {
                  gradInput[inputAt(image, i, y + r, x + s)] +=
                      gradient * weight[weightAt(o, i, r, s)];
                }
              }
            }
          }
        }
      }
    }
  }

  /** Overwrites {@code gradWeight}. */
  void backwardWeight(float[] input, float[] gradOutput, float[] gradWeight) {
    Arrays.fill(gradWeight, 0);
    for (int image = 0; image < n; image++) {
      for (int o = 0; o < oc; o++) {
        for (int y = 0; y < oh(); y++) {
          for (int x = 0; x < ow(); x++) {
            float gradient = gradOutput[outputAt(image, o, y, x)];
            for (int i = 0; i < ic; i++) {
              for (int r = 0; r < kh; r++) {
                for (int s = 0; s < kw; s++) {
                  gradWeight[weightAt(o, i, r, s)] +=
                      gradient * input[inputAt(image, i, y + r, x + s)];
                }
              }
            }
          }
        }
      }
    }
  }

  private int oh() {
    return ih - kh + 1;
  }

  private int ow() {
    return iw - kw + 1;
  }

  private int inputAt(int image, int channel, int y, int x) {
    return ((image * ic + channel) * ih + y) * iw + x;
  }

  private int weightAt(int outputChannel, int inputChannel, int r, int s) {
    return ((outputChannel * ic + inputChannel) * kh + r) * kw + s;
  }

  private int outputAt(int image, int channel, int y, int x) {
    return ((image * oc + channel) * oh() + y) * ow() + x;
  }
}
