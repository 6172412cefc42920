// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.naive;

import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.conv.Window;
import java.util.Arrays;

/**
 * The convolution as a textbook writes it, zero padding only: what a Java program without a library
 * would run. It is timed beside Lanewise and shows that both compute the same.
 */
public final class NaiveConvolution {
  private final int batch;
  private final int inChannels;
  private final int inHeight;
  private final int inWidth;
  private final int outChannels;
  private final int outHeight;
  private final int outWidth;
  private final int groupInChannels;
  private final int groupOutChannels;
  private final Window window;

  public NaiveConvolution(Conv2dGeometry geometry) {
    this.batch = geometry.batch();
    this.inChannels = geometry.inChannels();
    this.inHeight = geometry.inHeight();
    this.inWidth = geometry.inWidth();
    this.outChannels = geometry.outChannels();
    this.outHeight = geometry.outHeight();
    this.outWidth = geometry.outWidth();
    this.groupInChannels = geometry.inChannels() / geometry.groups();
    this.groupOutChannels = geometry.outChannels() / geometry.groups();
    this.window = geometry.window();
  }

  /**
   * The convolution whose adjoint a transposed convolution is: its backwardInput is the other's
   * forward, its forward the other's backwardInput, and its backwardWeight the other's with input
   * and gradOutput exchanged. The weights are the same array.
   */
  public static NaiveConvolution adjointOf(ConvTranspose2dGeometry transposed) {
    return new NaiveConvolution(adjointGeometry(transposed));
  }

  /** Of the convolution whose adjoint a transposed convolution is. */
  public static Conv2dGeometry adjointGeometry(ConvTranspose2dGeometry transposed) {
    return new Conv2dGeometry(
        transposed.batch(),
        transposed.outChannels(),
        transposed.outHeight(),
        transposed.outWidth(),
        transposed.inChannels(),
        transposed.window(),
        transposed.groups());
  }

  public void forward(float[] input, float[] weight, float[] output) {
    for (int n = 0; n < batch; n++) {
      for (int oc = 0; oc < outChannels; oc++) {
        for (int oh = 0; oh < outHeight; oh++) {
          for (int ow = 0; ow < outWidth; ow++) {
            float sum = 0;
            for (int ic = 0; ic < groupInChannels; ic++) {
              for (int kh = 0; kh < window.kernelHeight(); kh++) {
                for (int kw = 0; kw < window.kernelWidth(); kw++) {
                  int ih = inRow(oh, kh);
                  int iw = inColumn(ow, kw);
                  if (inside(ih, iw)) {
                    sum +=
                        input[inputIndex(n, oc, ic, ih, iw)] * weight[weightIndex(oc, ic, kh, kw)];
                  }
                }
              }
            }
            output[outputIndex(n, oc, oh, ow)] = sum;
          }
        }
      }
    }
  }

  public void backwardInput(float[] gradOutput, float[] weight, float[] gradInput) {
    Arrays.fill(gradInput, 0);
    for (int n = 0; n < batch; n++) {
      for (int oc = 0; oc < outChannels; oc++) {
        for (int oh = 0; oh < outHeight; oh++) {
          for (int ow = 0; ow < outWidth; ow++) {
            float gradient = gradOutput[outputIndex(n, oc, oh, ow)];
            for (int ic = 0; ic < groupInChannels; ic++) {
              for (int kh = 0; kh < window.kernelHeight(); kh++) {
                for (int kw = 0; kw < window.kernelWidth(); kw++) {
                  int ih = inRow(oh, kh);
                  int iw = inColumn(ow, kw);
                  if (inside(ih, iw)) {
                    gradInput[inputIndex(n, oc, ic, ih, iw)] +=
                        gradient * weight[weightIndex(oc, ic, kh, kw)];
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  public void backwardWeight(float[] input, float[] gradOutput, float[] gradWeight) {
    for (int oc = 0; oc < outChannels; oc++) {
      for (int ic = 0; ic < groupInChannels; ic++) {
        for (int kh = 0; kh < window.kernelHeight(); kh++) {
          for (int kw = 0; kw < window.kernelWidth(); kw++) {
            float sum = 0;
            for (int n = 0; n < batch; n++) {
              for (int oh = 0; oh < outHeight; oh++) {
                for (int ow = 0; ow < outWidth; ow++) {
                  int ih = inRow(oh, kh);
                  int iw = inColumn(ow, kw);
                  if (inside(ih, iw)) {
                    sum +=
                        input[inputIndex(n, oc, ic, ih, iw)]
                            * gradOutput[outputIndex(n, oc, oh, ow)];
                  }
                }
              }
            }
            gradWeight[weightIndex(oc, ic, kh, kw)] = sum;
          }
        }
      }
    }
  }

  private int inRow(int oh, int kh) {
    return oh * window.strideHeight() - window.padding().top() + kh * window.dilationHeight();
  }

  private int inColumn(int ow, int kw) {
    return ow * window.strideWidth() - window.padding().left() + kw * window.dilationWidth();
  }

  private boolean inside(int ih, int iw) {
    return ih >= 0 && ih < inHeight && iw >= 0 && iw < inWidth;
  }

  /** Of channel {@code ic} of the group that makes output channel {@code oc}. */
  private int inputIndex(int n, int oc, int ic, int ih, int iw) {
    int channel = oc / groupOutChannels * groupInChannels + ic;
    return ((n * inChannels + channel) * inHeight + ih) * inWidth + iw;
  }

  private int weightIndex(int oc, int ic, int kh, int kw) {
    return ((oc * groupInChannels + ic) * window.kernelHeight() + kh) * window.kernelWidth() + kw;
  }

  private int outputIndex(int n, int oc, int oh, int ow) {
    return ((n * outChannels + oc) * outHeight + oh) * outWidth + ow;
  }
}
