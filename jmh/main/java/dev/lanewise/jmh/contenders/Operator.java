// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

/** The operators that other libraries have as well. */
public enum Operator {
  CONV2D("Conv2d"),
  CONV_TRANSPOSE2D("ConvTranspose2d"),
  GEMM("Gemm");

  private final String title;

  Operator(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
