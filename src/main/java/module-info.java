/** Convolution kernels in pure Java on the Vector API. */
module dev.lanewise {
  requires jdk.incubator.vector;

  exports dev.lanewise.conv;
  exports dev.lanewise.gemm;
  exports dev.lanewise.nn;
}
