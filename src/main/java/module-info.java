// SPDX-License-Identifier: Apache-2.0

/**
 * Convolution kernels in pure Java on the Vector API: {@link dev.lanewise.conv} has the operators,
 * {@link dev.lanewise.gemm} the matrix product they stand on, {@link dev.lanewise.nn} the layers to
 * train with.
 */
module dev.lanewise {
  requires jdk.incubator.vector;
  requires jdk.management;

  exports dev.lanewise.conv;
  exports dev.lanewise.gemm;
  exports dev.lanewise.nn;
}
