/** Convolution kernels in pure Java on the Vector API. */
module dev.lanewise {
  requires jdk.incubator.vector;

  exports dev.lanewise.gemm;
}
