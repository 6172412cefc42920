// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.naive;

import dev.lanewise.conv.UnfoldGeometry;
import dev.lanewise.conv.Window;
import java.util.Arrays;

/** im2col and col2im as nested loops, zero padding only. */
public final class NaiveUnfold {
  private final UnfoldGeometry geometry;
  private final Window window;
  private final int outHeight;
  private final int outWidth;

  public NaiveUnfold(UnfoldGeometry geometry) {
    this.geometry = geometry;
    this.window = geometry.window();
    this.outHeight = geometry.outHeight();
    this.outWidth = geometry.outWidth();
  }

  public void unfold(float[] image, float[] columns) {
    int column = 0;
    for (int plane = 0; plane < geometry.batch() * geometry.channels(); plane++) {
      for (int kh = 0; kh < window.kernelHeight(); kh++) {
        for (int kw = 0; kw < window.kernelWidth(); kw++) {
          for (int oh = 0; oh < outHeight; oh++) {
            for (int ow = 0; ow < outWidth; ow++) {
              int h = row(oh, kh);
              int w = column(ow, kw);
              columns[column++] = inside(h, w) ? image[imageIndex(plane, h, w)] : 0;
            }
          }
        }
      }
    }
  }

  public void fold(float[] columns, float[] image) {
    Arrays.fill(image, 0);
    int column = 0;
    for (int plane = 0; plane < geometry.batch() * geometry.channels(); plane++) {
      for (int kh = 0; kh < window.kernelHeight(); kh++) {
        for (int kw = 0; kw < window.kernelWidth(); kw++) {
          for (int oh = 0; oh < outHeight; oh++) {
            for (int ow = 0; ow < outWidth; ow++) {
              int h = row(oh, kh);
              int w = column(ow, kw);
              float value = columns[column++];
              if (inside(h, w)) {
                image[imageIndex(plane, h, w)] += value;
              }
            }
          }
        }
      }
    }
  }

  private int row(int oh, int kh) {
    return oh * window.strideHeight() - window.padding().top() + kh * window.dilationHeight();
  }

  private int column(int ow, int kw) {
    return ow * window.strideWidth() - window.padding().left() + kw * window.dilationWidth();
  }

  private boolean inside(int h, int w) {
    return h >= 0 && h < geometry.height() && w >= 0 && w < geometry.width();
  }

  private int imageIndex(int plane, int h, int w) {
    return (plane * geometry.height() + h) * geometry.width() + w;
  }
}
